#include "core/rtp/sequence_number.h"

#include <gtest/gtest.h>

namespace koeru::rtp {
namespace {

TEST(SequenceNumber, Rfc1982_NewerIsUpToHalfTheCircleAhead) {
  EXPECT_TRUE(IsNewer(1, 0));
  EXPECT_TRUE(IsNewer(0, 0xFFFF));
  EXPECT_TRUE(IsNewer(0x8000, 0));
  EXPECT_FALSE(IsNewer(0x8001, 0));
  EXPECT_FALSE(IsNewer(5, 5));
  EXPECT_FALSE(IsNewer(0xFFFF, 0));
}

TEST(SequenceUnwrapper, CountsOnOverTheEnd) {
  SequenceUnwrapper unwrap;
  EXPECT_FALSE(unwrap.highest().has_value());
  EXPECT_EQ(unwrap(65534), 65534);
  EXPECT_EQ(unwrap(65535), 65535);
  EXPECT_EQ(unwrap(1), 65537);
  EXPECT_EQ(unwrap(0), 65536) << "late";
  EXPECT_EQ(unwrap(65535), 65535) << "later still";
  EXPECT_EQ(unwrap.highest(), 65537);
}

TEST(SequenceUnwrapper, WhatIsBeforeTheFirstMayBeNegative) {
  SequenceUnwrapper unwrap;
  EXPECT_EQ(unwrap(2), 2);
  EXPECT_EQ(unwrap(0xFFFF), -1);
  EXPECT_EQ(unwrap(3), 3);
}

TEST(SequenceUnwrapper, FollowsManyTimesAround) {
  SequenceUnwrapper unwrap;
  int64_t expected = 100;
  for (int i = 0; i < 100'000; ++i, expected += 1000) {
    ASSERT_EQ(unwrap(static_cast<uint16_t>(expected)), expected);
  }
}

}  // namespace
}  // namespace koeru::rtp
