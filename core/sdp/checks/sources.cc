// Synchronisation sources and their groups: RFC 5576.

#include "core/sdp/attributes/ssrc.h"
#include "core/sdp/attributes/ssrc_group.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

void ReadSources(Context& context, const SectionView& section) {
  section.ForEach<Ssrc>([&](size_t at, const Ssrc& ssrc) {
    const auto [use, is_new] = context.use_by_ssrc.try_emplace(ssrc.id);
    if (is_new) use->second.section = section.index();
    if (ssrc.attribute == "cname") use->second.has_cname = true;
    if (use->second.section == section.index()) return;
    // Told of once for each section.
    use->second.section = section.index();
    context.report.Add(RuleId::kSsrcTwoSections, at, {size_t{ssrc.id}}, 7);
  });
}

void CheckCnames(Context& context, const SectionView& section) {
  section.ForEach<Ssrc>([&](size_t at, const Ssrc& ssrc) {
    SsrcUse& use = context.use_by_ssrc[ssrc.id];
    if (use.has_cname) return;
    use.has_cname = true;  // told of once
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
      context.report.Add(RuleId::kSsrcGroupSize, at,
                         {group.semantics, group.ssrcs.size(), Report::Argument::Plain(needed)},
                         group.semantics);
    }
    for (const uint32_t ssrc : group.ssrcs) {
      const auto use = context.use_by_ssrc.find(ssrc);
      if (use != context.use_by_ssrc.end() && use->second.section == section.index()) continue;
      context.report.Add(RuleId::kSsrcGroupMember, at, {size_t{ssrc}});
    }
  });
}

}  // namespace koeru::sdp
