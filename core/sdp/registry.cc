#include "core/sdp/registry.h"

#include <algorithm>

namespace koeru::sdp {

const Row* FindRow(std::string_view name) {
  if (IsLineTypeName(name)) {
    const std::span<const Row> types = LineTypes();
    const auto of_name = [&](const Row& row) { return row.name[0] == name[0]; };
    const auto at = std::find_if(types.begin(), types.end(), of_name);
    return at == types.end() ? nullptr : &*at;
  }
  const std::span<const Row> attributes = Attributes();
  const auto at = std::lower_bound(attributes.begin(), attributes.end(), name,
                                   [](const Row& row, std::string_view n) { return row.name < n; });
  return at != attributes.end() && at->name == name ? &*at : nullptr;
}

}  // namespace koeru::sdp
