#include "native_server/tools/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace koeru::tools {
namespace {

// Levenshtein's distance, one row at a time.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view NearestName(std::string_view given, std::span<const std::string_view> names) {
  std::string_view best;
  size_t best_distance = SIZE_MAX;
  if (given.size() > 64) return best;
  for (std::string_view name : names) {
    const size_t distance = Distance(given, name);
    if (distance <= std::max<size_t>(1, name.size() / 3) && distance < best_distance) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace koeru::tools
