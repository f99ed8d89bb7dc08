#include "native_server/door/rate_limiter.h"

#include <gtest/gtest.h>

#include <string>

namespace koeru::server {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart{1h};

SourceKey Key(int i) {
  return SourceKey::Of(boost::asio::ip::make_address("10.0." + std::to_string(i / 256) + "." +
                                                     std::to_string(i % 256)));
}

TEST(TokenBucket, GivesItsBurstThenItsRate) {
  TokenBucket bucket(3, 2, kStart);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(bucket.Take(1, kStart));
  EXPECT_FALSE(bucket.Take(1, kStart));
  EXPECT_EQ(bucket.WaitFor(1, kStart), 1s);
  EXPECT_FALSE(bucket.Take(1, kStart + 400ms));
  EXPECT_TRUE(bucket.Take(1, kStart + 500ms));
}

TEST(TokenBucket, NeverHoldsMoreThanItsBurst) {
  TokenBucket bucket(2, 100, kStart);
  EXPECT_FALSE(bucket.Take(3, kStart + 1h));
  EXPECT_TRUE(bucket.Take(2, kStart + 1h));
}

TEST(TokenBucket, ChargeStopsAtEmpty) {
  TokenBucket bucket(2, 1, kStart);
  bucket.Charge(100, kStart);
  EXPECT_FALSE(bucket.Take(1, kStart + 900ms));
  EXPECT_TRUE(bucket.Take(1, kStart + 1s));
}

TEST(TokenBucket, TimeThatGoesBackGivesNothing) {
  TokenBucket bucket(1, 1, kStart);
  EXPECT_TRUE(bucket.Take(1, kStart));
  EXPECT_FALSE(bucket.Take(1, kStart - 1h));
  EXPECT_FALSE(bucket.Take(1, kStart + 500ms));
}

TEST(RateLimiter, SourcesDoNotShare) {
  RateLimiter limiter(1, 0.5);
  EXPECT_TRUE(limiter.Take(Key(1), kStart));
  EXPECT_FALSE(limiter.Take(Key(1), kStart));
  EXPECT_EQ(limiter.WaitFor(Key(1), kStart), 2s);
  EXPECT_TRUE(limiter.Take(Key(2), kStart));
}

TEST(RateLimiter, TableIsBoundedAndForgetsTheLongestUnused) {
  RateLimiter limiter(1, 0.001, /*sources=*/100);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(limiter.Take(Key(i), kStart));
  EXPECT_FALSE(limiter.Take(Key(0), kStart));  // used again just now
  for (int i = 100; i < 150; ++i) EXPECT_TRUE(limiter.Take(Key(i), kStart));
  EXPECT_EQ(limiter.size(), 100u);
  EXPECT_FALSE(limiter.Take(Key(0), kStart)) << "still known";
  EXPECT_TRUE(limiter.Take(Key(1), kStart)) << "forgotten";
}

}  // namespace
}  // namespace koeru::server
