#pragma once

// One kind of media of a call: the stream that is sent and the one that comes back, as decrypted
// RTP. No I/O, no clock, and in a steady state no allocation.
//
//   MediaStream video({.payload_type = 96, .rtx_payload_type = 97, .clock_rate = 90000,
//                      .ssrc = a, .rtx_ssrc = b, .prefix = 2});
//   Bytes packet = video.Make(room, {.size = 625, .timestamp = t, .transport_number = n}, now);
//   video.OnPacket(packet, *view, now);                  // each that came
//   for (uint16_t number : video.Missing(now)) Ask;      // by NACK, RFC 4585 section 6.2.1
//   Bytes again = video.Again(number, n, room, now);     // when the peer asks
//
// RFC 4588: with rtx_payload_type what is sent again goes in a stream of its own.

#include <optional>
#include <vector>

#include "core/media/packet_history.h"
#include "core/media/round_trip.h"
#include "core/rtp/missing_packets.h"
#include "core/rtp/ntp_time.h"
#include "core/rtp/reception_statistics.h"
#include "native_server/tools/call/arrivals.h"
#include "native_server/tools/call/call_facts.h"

namespace koeru::tools {

class MediaStream {
 public:
  // The id in the offer's a=extmap of the transport-wide sequence number.
  static constexpr uint8_t kTransportNumberId = 3;
  // RTP's header with that extension.
  static constexpr size_t kHeader = rtp::kHeaderSize + 8;
  static constexpr size_t kMostPayload = 1100;
  static constexpr size_t kMostPacket = kHeader + kMostPayload + 2;

  struct Options {
    uint8_t payload_type = 0;
    uint8_t rtx_payload_type = 0;  // 0: lost packets are not asked for
    uint32_t clock_rate = 0;
    uint32_t ssrc = 0, rtx_ssrc = 0;
    // Bytes in front of the stamp: VP8's payload descriptor and header (RFC 7741 section 4).
    size_t prefix = 0;
    size_t history_bytes = 0;
    bool is_stamped = true;  // what comes is what was sent
  };

  explicit MediaStream(const Options& options);

  uint32_t ssrc() const { return options_.ssrc; }
  uint8_t payload_type() const { return options_.payload_type; }
  bool is_rtx(uint8_t payload_type) const {
    return options_.rtx_payload_type != 0 && payload_type == options_.rtx_payload_type;
  }

  struct Content {
    size_t size = 0;  // of the payload: MediaStamp::kSize and the prefix at least
    uint32_t timestamp = 0;
    bool marker = false;
    bool is_first = true;  // of its frame
    uint16_t transport_number = 0;
  };
  // `room` is kMostPacket at least; a view of it.
  Bytes Make(MutableBytes room, const Content& content, net::Instant now);
  // Empty: not here any more.
  Bytes Again(uint16_t number, uint16_t transport_number, MutableBytes room, net::Instant now);

  // A packet of its payload type, or of RTX, which is changed in place.
  void OnPacket(MutableBytes packet, const rtp::RtpPacket& view, net::Instant now);
  void OnSenderReport(const rtp::SenderReport& report, net::Instant now);
  void OnReportBlock(const rtp::ReportBlock& block, net::Instant now);

  std::vector<uint16_t> Missing(net::Instant now) {
    return missing_.Due(now, round_trip_.value_or_assumed());
  }
  net::Instant MissingDeadline() const { return missing_.NextDeadline(); }
  // Of the stream that comes; 0: none has.
  uint32_t remote_ssrc() const { return remote_ssrc_; }

  // RFC 3550 section 6.4: a report about both directions.
  rtp::SenderReport Report(net::Instant now, rtp::NtpTime wall);

  uint32_t sent() const { return next_; }
  bool is_all_back() const { return arrivals_.received() >= next_; }
  StreamFacts Facts() const;

 private:
  void Take(const rtp::RtpPacket& view, net::Instant now, bool is_repair);

  const Options options_;
  // Sending.
  uint32_t next_ = 0;  // number of the next payload
  uint16_t sequence_ = 0, rtx_sequence_ = 0;
  uint32_t last_timestamp_ = 0;
  net::Instant last_sent_;
  int64_t sent_bytes_ = 0;
  media::PacketHistory history_;
  std::optional<int64_t> lost_on_the_way_there_;
  media::RoundTrip round_trip_;
  // Receiving.
  uint32_t remote_ssrc_ = 0;
  std::optional<rtp::ReceptionStatistics> statistics_;
  rtp::MissingPackets missing_;
  Arrivals arrivals_;
  int64_t received_ = 0, received_bytes_ = 0, repaired_ = 0, frames_ = 0;  // stamped or not
};

}  // namespace koeru::tools
