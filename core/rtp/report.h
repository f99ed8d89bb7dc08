#pragma once

// Sender and receiver reports: RFC 3550 sections 6.4.1 and 6.4.2.
//
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |                         SSRC of sender                        |
//   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
//   |              NTP timestamp, most significant word             |  sender report only
//   |             NTP timestamp, least significant word             |
//   |                         RTP timestamp                         |
//   |                     sender's packet count                     |
//   |                      sender's octet count                     |
//   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
//   |                 SSRC_1 (SSRC of first source)                 |  report block
//   | fraction lost |       cumulative number of packets lost       |
//   |           extended highest sequence number received           |
//   |                      interarrival jitter                      |
//   |                         last SR (LSR)                         |
//   |                   delay since last SR (DLSR)                  |
//   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+

#include <vector>

#include "core/rtp/rtcp_packet.h"

namespace koeru::rtp {

struct ReportBlock {
  uint32_t ssrc = 0;
  uint8_t fraction_lost = 0;  // of 256, since the report before
  int32_t packets_lost = 0;   // since the beginning, 24 bits; duplicates make it negative
  uint32_t highest_sequence_number = 0;  // with the count of cycles above
  uint32_t jitter = 0;                   // in units of the RTP timestamp
  uint32_t last_sender_report = 0;       // the middle 32 bits of its NTP timestamp; 0: none came
  uint32_t delay_since_last_sender_report = 0;  // in 1/65536 s

  friend bool operator==(const ReportBlock&, const ReportBlock&) = default;
};

// At most 31 blocks.
struct ReceiverReport {
  static constexpr RtcpType kType = RtcpType::kReceiverReport;
  uint32_t ssrc = 0;
  std::vector<ReportBlock> blocks = {};

  static Result<ReceiverReport> Decode(const RtcpPacket& packet);
  uint8_t Format() const { return static_cast<uint8_t>(blocks.size()); }
  void Encode(Writer& writer) const;
};

struct SenderReport {
  static constexpr RtcpType kType = RtcpType::kSenderReport;
  uint32_t ssrc = 0;
  uint64_t ntp_timestamp = 0;  // seconds since 1900, and 2^-32 s
  uint32_t rtp_timestamp = 0;  // the same moment
  uint32_t packet_count = 0;
  uint32_t octet_count = 0;  // of payload
  std::vector<ReportBlock> blocks = {};

  static Result<SenderReport> Decode(const RtcpPacket& packet);
  uint8_t Format() const { return static_cast<uint8_t>(blocks.size()); }
  void Encode(Writer& writer) const;
};

// What LSR holds of an NTP timestamp.
constexpr uint32_t MiddleOfNtp(uint64_t ntp_timestamp) {
  return static_cast<uint32_t>(ntp_timestamp >> 16);
}

}  // namespace koeru::rtp
