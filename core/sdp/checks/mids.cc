// The names of sections and the groups that they form: RFC 5888 and RFC 9143.

#include "core/sdp/attributes/flags.h"
#include "core/sdp/attributes/group.h"
#include "core/sdp/attributes/mid.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

void CheckBundleMembership(Context& context, const SectionView& section, std::string_view mid) {
  if (context.bundles.size() == 0) return;
  const size_t at = section.First<Mid>();
  const std::optional<Bundles::Member> member = context.bundles.Find(mid);
  if (!member) {
    if (!section.is_rejected()) context.report.Add(RuleId::kMidNotInBundle, at, {mid}, mid);
  } else if (section.is_rejected()) {
    context.report.Add(member->is_tag ? RuleId::kBundleTagRejected : RuleId::kBundleRejectedSection,
                       section.first_line(), {mid});
  }
}

}  // namespace

void CheckMid(Context& context, const SectionView& section) {
  Report& report = context.report;
  if (section.is_session()) return;
  const size_t first = section.First<Mid>();
  if (first == SectionView::kNone) {
    if (context.is_webrtc) report.Add(RuleId::kMidMissing, section.first_line());
    return;
  }
  section.ForEach<Mid>([&](size_t at, const Mid& mid) {
    if (at != first) {
      report.Add(RuleId::kMidTwice, at, {mid.tag}, mid.tag);
    } else if (!context.mids.Add({0, mid.tag}, {}).is_new) {
      report.Add(RuleId::kMidDuplicate, at, {mid.tag}, mid.tag);
    } else {
      CheckBundleMembership(context, section, mid.tag);
    }
  });
  if (section.Has<BundleOnly>() && section.has_media() && section.media().port != 0) {
    report.Add(RuleId::kBundleOnlyPort, section.First<BundleOnly>(), {size_t{section.media().port}},
               2);
  }
}

void CheckGroups(Context& context) {
  Notes bundled;
  context.session.ForEach<Group>([&](size_t at, const Group& group) {
    const bool is_bundle = group.semantics == "BUNDLE";
    for (const std::string_view mid : group.mids) {
      if (context.mids.Find({0, mid}) == nullptr) {
        context.report.Add(RuleId::kGroupMidUnknown, at, {mid}, mid);
      }
      if (is_bundle && !bundled.Add({0, mid}, {}).is_new) {
        context.report.Add(RuleId::kBundleMidTwice, at, {mid}, mid);
      }
    }
  });
  if (context.is_webrtc && context.bundles.size() == 0 && context.mids.size() > 1) {
    context.report.Add(RuleId::kNoBundle, 0);
  }
}

}  // namespace koeru::sdp
