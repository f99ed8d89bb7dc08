#include "core/bytes/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace koeru {
namespace {

Result<int> Positive(int value) {
  if (value <= 0) return ParseError{"not positive", 3};
  return value;
}

TEST(Result, HoldsAValueOrAnError) {
  ASSERT_TRUE(Positive(7).ok());
  EXPECT_EQ(*Positive(7), 7);
  ASSERT_FALSE(Positive(0));
  EXPECT_EQ(Positive(0).error(), (ParseError{"not positive", 3}));
}

TEST(Result, ShiftsTheOffsetOfAnInnerDecoder) {
  EXPECT_EQ(Positive(-1).ErrorShiftedBy(20), (ParseError{"not positive", 23}));
}

TEST(Result, MovesValuesThatCannotBeCopied) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 5);
}

}  // namespace
}  // namespace koeru
