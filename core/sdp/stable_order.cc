#include "core/sdp/stable_order.h"

#include <algorithm>

namespace koeru::sdp {

void SortStably(std::vector<size_t>& indexes, const IndexLess& less) {
  std::vector<size_t> merged(indexes.size());
  for (size_t width = 1; width < indexes.size(); width *= 2) {
    for (size_t start = 0; start < indexes.size(); start += 2 * width) {
      const size_t middle = std::min(start + width, indexes.size());
      const size_t end = std::min(middle + width, indexes.size());
      size_t left = start;
      size_t right = middle;
      for (size_t out = start; out < end; ++out) {
        const bool takes_right =
            left == middle || (right < end && less(indexes[right], indexes[left]));
        merged[out] = takes_right ? indexes[right++] : indexes[left++];
      }
    }
    indexes.swap(merged);
  }
}

std::vector<size_t> StableOrder(size_t count, const IndexLess& less) {
  std::vector<size_t> order(count);
  for (size_t i = 0; i < count; ++i) order[i] = i;
  SortStably(order, less);
  return order;
}

}  // namespace koeru::sdp
