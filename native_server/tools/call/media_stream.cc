#include "native_server/tools/call/media_stream.h"

#include <algorithm>

#include "core/media/retransmission.h"
#include "core/rtp/header_extension.h"

namespace koeru::tools {
namespace {

// RFC 8285 section 4.2: one-byte headers.
constexpr uint16_t kOneByteProfile = 0xBEDE;
// RFC 7741 section 4.2: S, "start of VP8 partition"; and section 4.3: P, "inter frame".
constexpr uint8_t kStartOfPartition = 0x10;
constexpr uint8_t kInterFrame = 0x01;

void WriteHeader(Writer& writer, uint8_t payload_type, uint16_t sequence, uint32_t ssrc,
                 const MediaStream::Content& content) {
  writer.U8(0x90);  // version 2, with a header extension
  writer.U8(static_cast<uint8_t>((content.marker ? 0x80 : 0) | payload_type));
  writer.U16(sequence);
  writer.U32(content.timestamp);
  writer.U32(ssrc);
  writer.U16(kOneByteProfile);
  writer.U16(1);                                        // word
  writer.U8(MediaStream::kTransportNumberId << 4 | 1);  // two bytes
  writer.U16(content.transport_number);
  writer.U8(0);
}

}  // namespace

MediaStream::MediaStream(const Options& options)
    : options_(options), history_(std::max(options.history_bytes, size_t{16} << 10)) {}

Bytes MediaStream::Make(MutableBytes room, const Content& content, net::Instant now) {
  Writer writer(room);
  WriteHeader(writer, options_.payload_type, sequence_, options_.ssrc, content);
  const MutableBytes payload = room.subspan(kHeader, content.size);
  if (options_.prefix == 2) {
    payload[0] = content.is_first ? kStartOfPartition : 0;
    payload[1] = kInterFrame;
  }
  WriteStamp(payload.subspan(options_.prefix), {next_, now.nanoseconds()});
  const Bytes packet = room.first(kHeader + content.size);
  if (options_.rtx_payload_type != 0) history_.Remember(sequence_, packet, now);
  ++sequence_;
  ++next_;
  sent_bytes_ += static_cast<int64_t>(content.size);
  last_timestamp_ = content.timestamp;
  last_sent_ = now;
  return packet;
}

Bytes MediaStream::Again(uint16_t number, uint16_t transport_number, MutableBytes room,
                         net::Instant now) {
  const Bytes original = history_.Recall(number, round_trip_.value_or_assumed(), now);
  if (original.empty()) return {};
  const size_t size = media::WriteRtx(original,
                                      {.payload_type = options_.rtx_payload_type,
                                       .sequence_number = rtx_sequence_,
                                       .ssrc = options_.rtx_ssrc},
                                      room);
  if (size == 0) return {};
  ++rtx_sequence_;
  // Behind the first word of the extension and the element's own byte.
  Writer writer(room.subspan(rtp::kHeaderSize + 5, 2));
  writer.U16(transport_number);
  return room.first(size);
}

void MediaStream::OnPacket(MutableBytes packet, const rtp::RtpPacket& view, net::Instant now) {
  if (is_rtx(view.payload_type())) {
    if (!media::OriginalSequenceNumber(view) || remote_ssrc_ == 0) return;
    const size_t size = media::RestoreOriginal(packet, view, options_.payload_type, remote_ssrc_);
    const auto original = rtp::RtpPacket::Parse(packet.first(size));
    if (original.ok()) Take(*original, now, true);
    return;
  }
  if (view.ssrc() != remote_ssrc_) {
    remote_ssrc_ = view.ssrc();
    statistics_.emplace(remote_ssrc_, options_.clock_rate);
    missing_ = {};
  }
  statistics_->OnPacket(view, now);
  Take(view, now, false);
}

void MediaStream::Take(const rtp::RtpPacket& view, net::Instant now, bool is_repair) {
  if (options_.rtx_payload_type != 0) missing_.OnPacket(view.sequence_number(), now);
  const Bytes payload = view.payload();
  ++received_;
  received_bytes_ += static_cast<int64_t>(payload.size());
  frames_ += view.marker() ? 1 : 0;
  const int64_t before = arrivals_.received();
  if (options_.is_stamped) {
    arrivals_.OnPayload(payload.subspan(std::min(options_.prefix, payload.size())), next_,
                        now.nanoseconds());
  }
  if (is_repair && (!options_.is_stamped || arrivals_.received() > before)) ++repaired_;
}

void MediaStream::OnSenderReport(const rtp::SenderReport& report, net::Instant now) {
  if (statistics_ && report.ssrc == remote_ssrc_) statistics_->OnSenderReport(report, now);
}

void MediaStream::OnReportBlock(const rtp::ReportBlock& block, net::Instant now) {
  if (block.ssrc != options_.ssrc) return;
  lost_on_the_way_there_ = block.packets_lost;
  round_trip_.OnReport(block, now);
}

rtp::SenderReport MediaStream::Report(net::Instant now, rtp::NtpTime wall) {
  rtp::SenderReport report;
  report.ssrc = options_.ssrc;
  report.ntp_timestamp = wall.value;
  // Section 6.4.1: the RTP timestamp "corresponds to the same time as the NTP timestamp".
  const auto since_us = std::chrono::duration_cast<std::chrono::microseconds>(now - last_sent_);
  report.rtp_timestamp =
      last_timestamp_ +
      static_cast<uint32_t>(since_us.count() * int64_t{options_.clock_rate} / 1'000'000);
  report.packet_count = next_;
  report.octet_count = static_cast<uint32_t>(sent_bytes_);
  if (statistics_) report.blocks.push_back(statistics_->Report(now));
  round_trip_.OnSent(report.ntp_timestamp, now);
  return report;
}

StreamFacts MediaStream::Facts() const {
  StreamFacts facts;
  facts.is_asked_for = true;
  facts.sent = next_;
  facts.sent_bytes = sent_bytes_;
  facts.received = received_;
  facts.received_bytes = received_bytes_;
  facts.frames = frames_;
  facts.repaired = repaired_;
  facts.lost_on_the_way_there = lost_on_the_way_there_;
  if (!options_.is_stamped) {
    if (statistics_) facts.lost = std::max<int64_t>(0, statistics_->packets_lost() - repaired_);
    return facts;
  }
  facts.Take(arrivals_, next_);
  return facts;
}

}  // namespace koeru::tools
