#include "core/sdp/diff/section_match.h"

#include <algorithm>

#include "core/sdp/media_line.h"
#include "core/sdp/stable_order.h"
#include "core/sdp/text_form.h"

namespace koeru::sdp {
namespace {

using Mids = std::vector<std::pair<std::string_view, size_t>>;

std::string_view MediumOf(const Document& document, size_t section) {
  const std::string_view value =
      Trimmed(document.LinesOf(document.sections()[section]).front().value());
  return value.substr(0, kNonSpace.Measure(value));
}

Mids SortedMids(const Document& document) {
  Mids mids;
  for (size_t i = 1; i < document.sections().size(); ++i) {
    if (const auto mid = MidOf(document, i)) mids.emplace_back(*mid, i);
  }
  Arrange(mids, StableOrder(mids.size(), [&](size_t a, size_t b) { return mids[a] < mids[b]; }));
  return mids;
}

}  // namespace

std::optional<std::string_view> MidOf(const Document& document, size_t section) {
  const auto at = document.FindAttribute(section, "mid");
  if (!at) return std::nullopt;
  const auto value = document.lines()[*at].attribute()->value;
  return value ? std::optional(Trimmed(*value)) : std::nullopt;
}

std::vector<SectionMatch> MatchSections(const Document& before, const Document& after) {
  const size_t count_before = before.sections().size();
  const size_t count_after = after.sections().size();
  std::vector<std::optional<size_t>> partners(count_after);
  std::vector<bool> used(count_before);
  // RFC 5888 section 4: mids are unique. Of those that are not, the first are partners, and so on.
  const Mids first = SortedMids(before);
  const Mids second = SortedMids(after);
  for (size_t i = 0, j = 0; i < first.size() && j < second.size();) {
    const int order = first[i].first.compare(second[j].first);
    if (order == 0) {
      partners[second[j].second] = first[i].second;
      used[first[i].second] = true;
    }
    if (order <= 0) ++i;
    if (order >= 0) ++j;
  }
  std::vector<SectionMatch> matches;
  for (size_t i = 1; i < count_after; ++i) {
    const bool both_have_mids =
        i < count_before && MidOf(before, i).has_value() && MidOf(after, i).has_value();
    if (!partners[i] && i < count_before && !used[i] && !both_have_mids &&
        MediumOf(before, i) == MediumOf(after, i)) {
      partners[i] = i;
      used[i] = true;
    }
    matches.push_back({partners[i], i});
  }
  for (size_t i = 1; i < count_before; ++i) {
    if (!used[i]) matches.push_back({i, std::nullopt});
  }
  return matches;
}

}  // namespace koeru::sdp
