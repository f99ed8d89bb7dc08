// Synchronisation sources and their groups: RFC 5576.

#include "core/sdp/attributes/ssrc.h"
#include "core/sdp/attributes/ssrc_group.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

void ReadSources(Context& context, const SectionView& section) {
  section.ForEach<Ssrc>([&](size_t at, const Ssrc& ssrc) {
    Notes::Note& use = context.ssrcs.Add({ssrc.id}, {section.index()}).note;
    if (ssrc.attribute == "cname") use.flag = true;
    if (use.number == section.index()) return;
    use.number = section.index();  // told of once for each section
    context.report.Add(RuleId::kSsrcTwoSections, at, {size_t{ssrc.id}}, 7);
  });
}

void CheckCnames(Context& context, const SectionView& section) {
  section.ForEach<Ssrc>([&](size_t at, const Ssrc& ssrc) {
    Notes::Note& use = *context.ssrcs.Find({ssrc.id});
    if (use.flag) return;
    use.flag = true;  // told of once
    context.report.Add(RuleId::kSsrcCnameMissing, at, {size_t{ssrc.id}}, 7);
  });
}

// RFC 5576 section 4.2, RFC 5956 section 4.3; SIM is of browsers before RFC 8853.
std::string_view NeededSize(std::string_view semantics, size_t size) {
  const bool is_pair = semantics == "FID" || semantics == "FEC" || semantics == "FEC-FR";
  if (is_pair && size != 2) return "two";
  return size == 0 ? "at least one" : "";
}

}  // namespace

void CheckSources(Context& context, const SectionView& section) {
  if (section.is_session()) return;
  ReadSources(context, section);
  CheckCnames(context, section);
  section.ForEach<SsrcGroup>([&](size_t at, const SsrcGroup& group) {
    const std::string_view needed = NeededSize(group.semantics, group.ssrcs.size());
    if (!needed.empty()) {
      context.report.Add(RuleId::kSsrcGroupSize, at, {group.semantics, group.ssrcs.size(), needed},
                         group.semantics);
    }
    for (const uint32_t ssrc : group.ssrcs) {
      const Notes::Note* const use = context.ssrcs.Find({ssrc});
      if (use != nullptr && use->number == section.index()) continue;
      context.report.Add(RuleId::kSsrcGroupMember, at, {size_t{ssrc}});
    }
  });
}

}  // namespace koeru::sdp
