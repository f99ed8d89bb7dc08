// Which way media flow (RFC 8866 section 6.7), and how much of them (section 5.8).

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
  constexpr std::string_view kDirections[] = {SendRecv::kName, SendOnly::kName, RecvOnly::kName,
                                              Inactive::kName};
  size_t first = SectionView::kNone;
  std::string_view first_name;
  for (const std::string_view name : kDirections) {
    if (section.First(name) >= first) continue;
    first = section.First(name);
    first_name = name;
  }
  for (const std::string_view name : kDirections) {
    const size_t at = section.First(name);
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
