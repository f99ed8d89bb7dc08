#include "core/net/time.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace koeru::net {
namespace {

using std::chrono::seconds;

TEST(Instant, AddsDurationsAndGivesDifferences) {
  const Instant start = Instant::FromNanoseconds(5);
  const Instant later = start + seconds(300);
  EXPECT_EQ(later - start, seconds(300));
  EXPECT_EQ(later - seconds(300), start);
  EXPECT_LT(start, later);
  EXPECT_LT(later, Instant::Max());
}

static_assert(!std::is_convertible_v<UnixTime, Instant> &&
                  !std::is_convertible_v<Instant, UnixTime>,
              "wall-clock and monotonic time cannot be swapped");

}  // namespace
}  // namespace koeru::net
