#include "core/sdp/diff/difference.h"
#include "core/sdp/stable_order.h"

#include <iterator>
#include <tuple>
#include <utility>

namespace koeru::sdp {

void DiffReport::BeginSection(size_t section, bool is_new) {
  SortSection();
  section_ = section;
  section_is_new_ = is_new;
}

void DiffReport::Add(size_t order, std::string kind, std::string message,
                     std::optional<size_t> line_before, std::optional<size_t> line_after) {
  if (entries_.size() == kMaxDifferences) {
    is_full_ = true;
    return;
  }
  entries_.push_back(
      {order,
       {std::move(kind), std::move(message), section_, section_is_new_, line_before, line_after}});
}

void DiffReport::SortSection() {
  std::vector<Entry> section(
      std::make_move_iterator(entries_.begin() + static_cast<std::ptrdiff_t>(section_start_)),
      std::make_move_iterator(entries_.end()));
  const auto key = [&](size_t index) {
    constexpr size_t kLast = static_cast<size_t>(-1);
    const Entry& entry = section[index];
    return std::tuple(entry.order, entry.difference.line_before.value_or(kLast),
                      entry.difference.line_after.value_or(kLast));
  };
  const auto order =
      StableOrder(section.size(), [&](size_t a, size_t b) { return key(a) < key(b); });
  for (size_t i = 0; i < order.size(); ++i) {
    entries_[section_start_ + i] = std::move(section[order[i]]);
  }
  section_start_ = entries_.size();
}

std::vector<Difference> DiffReport::Take() {
  SortSection();
  std::vector<Difference> list;
  list.reserve(entries_.size() + 1);
  for (Entry& entry : entries_) list.push_back(std::move(entry.difference));
  if (is_full_) {
    list.push_back({"more-differences",
                    "There are more differences than the " + std::to_string(kMaxDifferences) +
                        " that are listed.",
                    section_, section_is_new_, std::nullopt, std::nullopt});
  }
  return list;
}

}  // namespace koeru::sdp
