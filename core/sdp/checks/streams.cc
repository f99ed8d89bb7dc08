// Which way media flow (RFC 8866 section 6.7), and how much of them (section 5.8).

#include <algorithm>

#include "core/sdp/attributes/flags.h"
#include "core/sdp/checks/checks.h"
#include "core/sdp/lines/bandwidth.h"

namespace koeru::sdp {
namespace {

// RFC 8866 section 5.8, RFC 3890, RFC 3556.
constexpr std::string_view kKnownBandwidths[] = {"AS", "TIAS", "CT", "RS", "RR"};

bool IsKnown(std::string_view type) {
  for (const std::string_view known : kKnownBandwidths) {
    if (type == known) return true;
  }
  return false;
}

void CheckDirections(Context& context, const SectionView& section) {
  const std::pair<size_t, std::string_view> directions[] = {
      {section.First<SendRecv>(), SendRecv::kName},
      {section.First<SendOnly>(), SendOnly::kName},
      {section.First<RecvOnly>(), RecvOnly::kName},
      {section.First<Inactive>(), Inactive::kName}};
  const auto [first, first_name] = *std::min_element(std::begin(directions), std::end(directions));
  for (const auto& [at, name] : directions) {
    if (at == SectionView::kNone || at == first) continue;
    context.report.Add(RuleId::kDirectionTwice, at, {name, first_name}, 2);
  }
}

}  // namespace

void CheckDirectionAndBandwidth(Context& context, const SectionView& section) {
  CheckDirections(context, section);
  Notes types;
  section.ForEach<Bandwidth>([&](size_t at, const Bandwidth& bandwidth) {
    const std::string_view type = bandwidth.type;
    if (!types.Add({0, type}, {}).is_new) {
      context.report.Add(RuleId::kBandwidthTwice, at, {type}, type);
    } else if (!IsKnown(type)) {
      // RFC 8866 section 5.8: names with "X-" are experiments.
      context.report.Add(RuleId::kBandwidthUnknown, at, {type}, type);
    } else if (bandwidth.bandwidth == 0 && (type == "AS" || type == "TIAS")) {
      context.report.Add(RuleId::kBandwidthZero, at, {type}, type);
    }
  });
}

}  // namespace koeru::sdp
