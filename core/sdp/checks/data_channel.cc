// Data channels: RFC 8841.

#include "core/sdp/attributes/sctp.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {

void CheckDataChannel(Context& context, const SectionView& section) {
  if (!section.has_media()) return;
  const size_t sctpmap = section.First<Sctpmap>();
  if (section.is_sctp()) {
    if (sctpmap != SectionView::kNone) {
      context.report.Add(RuleId::kSctpmapOld, sctpmap);
    } else if (!section.Has<SctpPort>() && !section.is_rejected()) {
      context.report.Add(RuleId::kSctpPortMissing, section.first_line());
    }
    return;
  }
  const std::pair<size_t, std::string_view> found[] = {
      {section.First<SctpPort>(), SctpPort::kName},
      {section.First<MaxMessageSize>(), MaxMessageSize::kName},
      {sctpmap, Sctpmap::kName}};
  for (const auto& [at, name] : found) {
    if (at == SectionView::kNone) continue;
    context.report.Add(RuleId::kSctpElsewhere, at, {name, section.media().media}, 2);
  }
}

}  // namespace koeru::sdp
