#include "core/relay/amplification_limiter.h"

#include <gtest/gtest.h>

#include "tests/core/relay/support/fakes.h"

namespace koeru::relay {
namespace {

using namespace std::chrono_literals;

net::Address At(std::string_view text) { return *net::Address::Parse(text); }
constexpr net::Instant kStart = net::Instant::FromNanoseconds(0);

class AmplificationLimiterTest : public ::testing::Test {
 protected:
  // How many answers with 100 bytes more than their request pass.
  int Burst(AmplificationLimiter& limiter, const net::Address& source, net::Instant now) {
    int passed = 0;
    while (passed < 10'000 && limiter.Admit(source, 30, 130, now)) ++passed;
    return passed;
  }
  testing::SeededRandom random_;
};

TEST_F(AmplificationLimiterTest, BoundsTheExcessPerSecond) {
  AmplificationLimiter limiter(1000, random_);
  EXPECT_EQ(Burst(limiter, At("192.0.2.1"), kStart), 10);
  EXPECT_EQ(Burst(limiter, At("192.0.2.1"), kStart + 500ms), 5);
  EXPECT_EQ(Burst(limiter, At("192.0.2.1"), kStart + 1h), 10) << "never more than a second's worth";
}

TEST_F(AmplificationLimiterTest, NeverHoldsBackWhatIsNoLargerThanItsRequest) {
  AmplificationLimiter limiter(1000, random_);
  Burst(limiter, At("192.0.2.1"), kStart);
  EXPECT_TRUE(limiter.Admit(At("192.0.2.1"), 100, 100, kStart));
  EXPECT_FALSE(limiter.Admit(At("192.0.2.1"), 100, 101 + 100, kStart));
}

TEST_F(AmplificationLimiterTest, CountsPerPrefix) {
  AmplificationLimiter limiter(1000, random_);
  EXPECT_EQ(Burst(limiter, At("192.0.2.1"), kStart), 10);
  EXPECT_EQ(Burst(limiter, At("192.0.2.200"), kStart), 0) << "the same /24";
  EXPECT_EQ(Burst(limiter, At("192.0.3.1"), kStart), 10);
  EXPECT_EQ(Burst(limiter, At("2001:db8:0:100::1"), kStart), 10);
  EXPECT_EQ(Burst(limiter, At("2001:db8:0:1ff::9"), kStart), 0) << "the same /56";
  EXPECT_EQ(Burst(limiter, At("2001:db8:0:200::1"), kStart), 10);
}

TEST_F(AmplificationLimiterTest, AFloodFromManyPrefixesDoesNotRefillABucket) {
  AmplificationLimiter limiter(1000, random_);
  Burst(limiter, At("192.0.2.1"), kStart);
  for (uint32_t i = 0; i < 100'000; ++i) {
    limiter.Admit(net::Address::V4(20, static_cast<uint8_t>(i >> 16), static_cast<uint8_t>(i >> 8),
                                   1),
                  30, 130, kStart);
  }
  EXPECT_EQ(Burst(limiter, At("192.0.2.1"), kStart), 0);
}

TEST_F(AmplificationLimiterTest, AFloodOfAHundredPrefixesLeavesOthersAlone) {
  AmplificationLimiter limiter(1000, random_);
  for (uint8_t i = 0; i < 100; ++i) Burst(limiter, net::Address::V4(20, 0, i, 1), kStart);
  int held_back = 0;
  for (uint8_t i = 0; i < 100; ++i) {
    if (Burst(limiter, net::Address::V4(30, 0, i, 1), kStart) == 0) ++held_back;
  }
  EXPECT_LE(held_back, 1);
}

TEST_F(AmplificationLimiterTest, ASmallRateStillLetsOneAnswerOut) {
  AmplificationLimiter limiter(10, random_);
  EXPECT_EQ(Burst(limiter, At("192.0.2.1"), kStart), 1);
  EXPECT_EQ(Burst(limiter, At("192.0.2.1"), kStart + 2s), 1);
}

TEST_F(AmplificationLimiterTest, ZeroIsUnlimited) {
  AmplificationLimiter limiter(0, random_);
  EXPECT_EQ(Burst(limiter, At("192.0.2.1"), kStart), 10'000);
}

}  // namespace
}  // namespace koeru::relay
