#include "core/media/reports.h"

#include <algorithm>

#include "core/rtp/remb.h"

namespace koeru::media {
namespace {

constexpr size_t kMostBlocks = 31;

std::vector<rtp::ReportBlock> BlocksOf(const Section& section, const ReportContext& context) {
  std::vector<rtp::ReportBlock> blocks;
  for (const auto& source : context.sources) {
    if (&source->section() != &section || !source->has_packets()) continue;
    if (blocks.size() == kMostBlocks) break;
    blocks.push_back(source->statistics.Report(context.now));
    source->fraction_lost = blocks.back().fraction_lost / 256.0;
  }
  return blocks;
}

// Section 6.4.1: the RTP timestamp "corresponds to the same time as the NTP timestamp".
uint32_t TimestampOf(const OutgoingStream& stream, const ReportContext& context) {
  if (stream.is_from_clip()) return stream.clip->TimestampAt(context.now);
  const Source& source = *stream.source;
  const uint32_t theirs =
      source.clock.TimestampAt(context.wall - context.delay, context.now - context.delay,
                               source.clock_rate(), context.clock);
  return theirs + stream.continuation.timestamp_offset();
}

rtp::SenderReport SenderReportOf(OutgoingStream& stream, const ReportContext& context) {
  stream.packet_count_before = stream.packet_count;
  context.round_trip.OnSent(context.wall.value, context.now);
  return {.ssrc = stream.ssrc,
          .ntp_timestamp = context.wall.value,
          .rtp_timestamp = TimestampOf(stream, context),
          .packet_count = stream.packet_count,
          .octet_count = stream.octet_count};
}

}  // namespace

void WriteReport(Section& section, const ReportContext& context, CompoundWriter& out) {
  OutgoingStream* const stream = section.stream;
  auto blocks = BlocksOf(section, context);
  const bool has_sent = stream != nullptr &&
                        (stream->source != nullptr || stream->is_from_clip()) &&
                        stream->packet_count != stream->packet_count_before;
  if (has_sent) {
    rtp::SenderReport report = SenderReportOf(*stream, context);
    report.blocks = std::move(blocks);
    out.Begin(report);
  } else {
    const uint32_t ssrc = stream != nullptr ? stream->ssrc : context.sections.own_ssrc();
    out.Begin(rtp::ReceiverReport{ssrc, std::move(blocks)});
  }
}

void WriteRemb(uint64_t bits_per_second, const ReportContext& context, CompoundWriter& out) {
  rtp::Remb remb{context.sections.own_ssrc(), bits_per_second, {}};
  for (const auto& source : context.sources) {
    if (source->section().types().remb()) remb.ssrcs.push_back(source->ssrc());
  }
  if (!remb.ssrcs.empty()) out.Add(remb);
}

double FractionLost(const Sources& sources) {
  double worst = 0;
  for (const auto& source : sources) {
    if (!source->is_rtx()) worst = std::max(worst, source->fraction_lost);
  }
  return worst;
}

}  // namespace koeru::media
