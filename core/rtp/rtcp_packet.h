#pragma once

// RTCP packets, several of which travel in one datagram: RFC 3550 sections 6.1 and 6.4; one that
// does not begin with a report is legal, too (RFC 5506).
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |V=2|P| RC or   |      PT       |             length            |
//   |   | | format  |               | (words of 32 bits, less one)  |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
//   RtcpPackets packets(datagram);
//   while (const auto packet = packets.Next()) {
//     if (packet->Is<PictureLossIndication>()) ... PictureLossIndication::Decode(packet->body) ...
//   }
//   if (!packets.ok()) ...                        // the rest was no RTCP: drop and count
//
//   Writer w(buffer);
//   AppendRtcp(w, ReceiverReport{...});
//   AppendRtcp(w, PictureLossIndication{...});    // w.written() is the datagram

#include <optional>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"
#include "core/bytes/writer.h"

namespace koeru::rtp {

// IANA's "RTCP Control Packet Types".
enum class RtcpType : uint8_t {
  kSenderReport = 200,
  kReceiverReport = 201,
  kSourceDescription = 202,
  kBye = 203,
  kApp = 204,
  kTransportFeedback = 205,  // RFC 4585: RTPFB
  kPayloadFeedback = 206,    // RFC 4585: PSFB
  kExtendedReport = 207,     // RFC 3611
};

struct RtcpPacket {
  RtcpType type{};
  uint8_t format = 0;  // or the count of report blocks and sources
  Bytes body;          // behind the first word, without padding

  // P is a kind of packet: it has kType, and kFormat where its type has formats.
  template <typename P>
  bool Is() const {
    if constexpr (requires { P::kFormat; }) {
      return type == P::kType && format == P::kFormat;
    } else {
      return type == P::kType;
    }
  }
};

class RtcpPackets {
 public:
  explicit RtcpPackets(Bytes datagram) : reader_(datagram) {}

  // nullopt at the end, or where something is no RTCP packet.
  std::optional<RtcpPacket> Next();
  bool ok() const { return ok_; }

 private:
  Reader reader_;
  bool ok_ = true;
};

// The first word of a packet; its length is filled in when the scope ends.
class RtcpHeader {
 public:
  RtcpHeader(Writer& writer, RtcpType type, uint8_t format);
  RtcpHeader(const RtcpHeader&) = delete;
  RtcpHeader& operator=(const RtcpHeader&) = delete;
  ~RtcpHeader();

 private:
  Writer& writer_;
  size_t at_;
};

// `packet` has Format() where it has no kFormat: the count of what is in it.
template <typename P>
void AppendRtcp(Writer& writer, const P& packet) {
  uint8_t format = 0;
  if constexpr (requires { P::kFormat; }) {
    format = P::kFormat;
  } else {
    format = packet.Format();
  }
  RtcpHeader header(writer, P::kType, format);
  packet.Encode(writer);
}

}  // namespace koeru::rtp
