#pragma once

// An RTP packet as a view: RFC 3550 section 5.1.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |V=2|P|X|  CC   |M|     PT      |       sequence number         |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |                           timestamp                           |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |           synchronization source (SSRC) identifier            |
//   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
//   |            contributing source (CSRC) identifiers             |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
//   auto packet = RtpPacket::Parse(datagram);
//   if (!packet.ok()) ...                            // drop and count
//   packet->ssrc(); packet->payload();               // views into the datagram
//
// What SetX() changes is the caller's bytes, so that a packet is forwarded without a copy.

#include "core/bytes/reader.h"
#include "core/bytes/result.h"
#include "core/bytes/writer.h"

namespace koeru::rtp {

inline constexpr size_t kHeaderSize = 12;

// RFC 5761 section 4: on one port with RTP, the payload types 64 to 95 (RTCP's 192 to 223 without
// their top bit) are RTCP. Of a packet whose first byte is 128 to 191.
constexpr bool IsRtcp(Bytes packet) {
  return packet.size() >= 2 && packet[1] >= 192 && packet[1] <= 223;
}

class RtpPacket {
 public:
  static Result<RtpPacket> Parse(Bytes bytes);

  Bytes bytes() const { return bytes_; }
  bool marker() const { return (bytes_[1] & 0x80) != 0; }
  uint8_t payload_type() const { return bytes_[1] & 0x7F; }
  uint16_t sequence_number() const { return Reader(bytes_.subspan(2)).U16(); }
  uint32_t timestamp() const { return Reader(bytes_.subspan(4)).U32(); }
  uint32_t ssrc() const { return Reader(bytes_.subspan(8)).U32(); }
  size_t csrc_count() const { return bytes_[0] & 0x0F; }

  // Section 5.3.1: "defined by profile", and the extension's data without this and its length; 0
  // and empty without an extension.
  uint16_t extension_profile() const { return extension_profile_; }
  Bytes extension() const { return extension_; }
  size_t extension_offset() const { return extension_offset_; }

  // Without padding.
  Bytes payload() const { return payload_; }
  size_t padding_size() const { return padding_size_; }

 private:
  explicit RtpPacket(Bytes bytes) : bytes_(bytes) {}

  Bytes bytes_;
  uint16_t extension_profile_ = 0;
  size_t extension_offset_ = 0;
  Bytes extension_;
  Bytes payload_;
  size_t padding_size_ = 0;
};

// Changes of a packet that Parse() accepted, in place.
void SetPayloadType(MutableBytes packet, uint8_t payload_type);
void SetSequenceNumber(MutableBytes packet, uint16_t sequence_number);
void SetTimestamp(MutableBytes packet, uint32_t timestamp);
void SetSsrc(MutableBytes packet, uint32_t ssrc);
// For a packet whose padding was taken away.
void ClearPaddingBit(MutableBytes packet);

}  // namespace koeru::rtp
