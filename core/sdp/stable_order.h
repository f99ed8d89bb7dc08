#pragma once

// Sorting without a template: std::stable_sort is some kilobytes of WebAssembly for each type.

#include <cstddef>
#include <functional>
#include <vector>

namespace koeru::sdp {

// Whether the item of the first index stands in front of that of the second.
using IndexLess = std::function<bool(size_t, size_t)>;

// Equal ones keep their order; n log n.
void SortStably(std::vector<size_t>& indexes, const IndexLess& less);

// 0 to `count` - 1, sorted.
std::vector<size_t> StableOrder(size_t count, const IndexLess& less);

// The items in that order.
template <typename T>
void Arrange(std::vector<T>& items, const std::vector<size_t>& order) {
  std::vector<T> arranged;
  arranged.reserve(items.size());
  for (const size_t index : order) arranged.push_back(std::move(items[index]));
  items = std::move(arranged);
}

}  // namespace koeru::sdp
