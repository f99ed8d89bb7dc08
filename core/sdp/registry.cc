#include "core/sdp/registry.h"

#include <algorithm>

namespace koeru::sdp {

const Row* FindRow(std::string_view name) {
  const std::span<const Row> attributes = Attributes();
  const auto at = std::lower_bound(attributes.begin(), attributes.end(), name,
                                   [](const Row& row, std::string_view n) { return row.name < n; });
  if (at != attributes.end() && at->name == name) return &*at;
  for (const Row& row : LineTypes()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace koeru::sdp
