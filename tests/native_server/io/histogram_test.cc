#include "native_server/io/histogram.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace koeru::server {
namespace {

using namespace std::chrono_literals;

constexpr std::array<net::Duration, 2> kBounds{1ms, 10ms};

TEST(Histogram, CountsWhatTakesExactlyABoundBelowIt) {
  Histogram histogram(kBounds);
  for (const net::Duration took : {net::Duration(0), net::Duration(1ms), net::Duration(1ms + 1ns),
                                   net::Duration(10ms), net::Duration(11ms)}) {
    histogram.Observe(took);
  }
  const HistogramCounts seen = histogram.Get();
  EXPECT_EQ(seen.counts[0], 2u);
  EXPECT_EQ(seen.counts[1], 2u);
  EXPECT_EQ(seen.counts[2], 1u);
  EXPECT_EQ(seen.total(), 5u);
  EXPECT_EQ(seen.sum, net::Duration(23ms + 1ns));
}

TEST(Histogram, AddsUp) {
  Histogram one(kBounds), other(kBounds);
  one.Observe(2ms);
  other.Observe(2ms);
  other.Observe(1s);
  HistogramCounts sum = one.Get();
  sum.Add(other.Get());
  EXPECT_EQ(sum.counts[1], 2u);
  EXPECT_EQ(sum.counts[2], 1u);
  EXPECT_EQ(sum.sum, net::Duration(1004ms));
}

TEST(Histogram, LosesNothingOfSeveralThreads) {
  Histogram histogram(kBounds);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 1000; ++k) histogram.Observe(5ms);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(histogram.Get().counts[1], 4000u);
}

}  // namespace
}  // namespace koeru::server
