#include "core/sdp/stable_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace koeru::sdp {
namespace {

TEST(SdpStableOrder, IsThatOfTheStandardLibrary) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (size_t count = 0; count < 70; ++count) {
    std::vector<unsigned> keys(count);
    for (unsigned& key : keys) key = random() % 8;
    const auto less = [&](size_t a, size_t b) { return keys[a] < keys[b]; };
    const std::vector<size_t> order = StableOrder(count, less);
    std::vector<size_t> expected(count);
    for (size_t i = 0; i < count; ++i) expected[i] = i;
    std::stable_sort(expected.begin(), expected.end(), less);
    EXPECT_EQ(order, expected);
  }
}

TEST(SdpStableOrder, ArrangesItems) {
  std::vector<std::string> items = {"c", "a", "b"};
  Arrange(items, StableOrder(3, [&](size_t a, size_t b) { return items[a] < items[b]; }));
  EXPECT_EQ(items, (std::vector<std::string>{"a", "b", "c"}));
}

}  // namespace
}  // namespace koeru::sdp
