#include "core/rtp/report.h"

#include <algorithm>

namespace koeru::rtp {
namespace {

constexpr int32_t kMostLost = 0x7FFFFF;
constexpr int32_t kLeastLost = -0x800000;

ReportBlock ReadBlock(Reader& reader) {
  ReportBlock block;
  block.ssrc = reader.U32();
  block.fraction_lost = reader.U8();
  const uint32_t lost = reader.U24();
  block.packets_lost = static_cast<int32_t>(lost << 8) >> 8;  // signed
  block.highest_sequence_number = reader.U32();
  block.jitter = reader.U32();
  block.last_sender_report = reader.U32();
  block.delay_since_last_sender_report = reader.U32();
  return block;
}

void WriteBlocks(const std::vector<ReportBlock>& blocks, Writer& writer) {
  if (blocks.size() > 31) writer.Fail();
  for (const ReportBlock& block : blocks) {
    writer.U32(block.ssrc);
    writer.U8(block.fraction_lost);
    // RFC 3550 section A.3: "clamped at 0x7fffff for positive loss or 0x800000 for negative loss".
    const int32_t lost = std::clamp(block.packets_lost, kLeastLost, kMostLost);
    writer.U24(static_cast<uint32_t>(lost) & 0xFFFFFF);
    writer.U32(block.highest_sequence_number);
    writer.U32(block.jitter);
    writer.U32(block.last_sender_report);
    writer.U32(block.delay_since_last_sender_report);
  }
}

// What follows the blocks is a profile's extension and no error.
template <typename Report>
Result<Report> ReadBlocks(Report report, size_t count, Reader& reader) {
  for (size_t i = 0; i < count; ++i) report.blocks.push_back(ReadBlock(reader));
  if (!reader.ok()) return ParseError{"the report is shorter than its count of blocks", 0};
  return report;
}

}  // namespace

Result<ReceiverReport> ReceiverReport::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  ReceiverReport report;
  report.ssrc = reader.U32();
  return ReadBlocks(std::move(report), packet.format, reader);
}

void ReceiverReport::Encode(Writer& writer) const {
  writer.U32(ssrc);
  WriteBlocks(blocks, writer);
}

Result<SenderReport> SenderReport::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  SenderReport report;
  report.ssrc = reader.U32();
  report.ntp_timestamp = reader.U64();
  report.rtp_timestamp = reader.U32();
  report.packet_count = reader.U32();
  report.octet_count = reader.U32();
  return ReadBlocks(std::move(report), packet.format, reader);
}

void SenderReport::Encode(Writer& writer) const {
  writer.U32(ssrc);
  writer.U64(ntp_timestamp);
  writer.U32(rtp_timestamp);
  writer.U32(packet_count);
  writer.U32(octet_count);
  WriteBlocks(blocks, writer);
}

}  // namespace koeru::rtp
