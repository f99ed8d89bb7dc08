#include "core/stun/retransmission.h"

#include <gtest/gtest.h>

#include <vector>

namespace koeru::stun {
namespace {

using std::chrono::milliseconds;
using Step = RetransmissionTimer::Step;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(1'000'000'000);

int64_t MillisecondsSinceStart(net::Instant t) {
  return std::chrono::duration_cast<milliseconds>(t - kStart).count();
}

TEST(Retransmission, Rfc8489_6_2_1_SendsAtTheTimesOfItsExample) {
  RetransmissionTimer timer({}, kStart);
  std::vector<int64_t> sent_at;
  Step step;
  net::Instant now;
  do {
    now = timer.deadline();
    step = timer.OnTimeout(now);
    if (step == Step::kRetransmit) sent_at.push_back(MillisecondsSinceStart(now));
  } while (step == Step::kRetransmit);
  EXPECT_EQ(sent_at, (std::vector<int64_t>{500, 1500, 3500, 7500, 15500, 31500}));
  EXPECT_EQ(step, Step::kGiveUp);
  EXPECT_EQ(MillisecondsSinceStart(now), 39500);
}

TEST(Retransmission, WaitsUntilTheDeadline) {
  RetransmissionTimer timer({}, kStart);
  EXPECT_EQ(timer.OnTimeout(kStart + milliseconds(499)), Step::kWait);
  EXPECT_EQ(MillisecondsSinceStart(timer.deadline()), 500);
  EXPECT_EQ(timer.OnTimeout(kStart + milliseconds(500)), Step::kRetransmit);
}

TEST(Retransmission, GivesUpOnce) {
  RetransmissionTimer timer({milliseconds(10), 1, 2}, kStart);
  EXPECT_EQ(timer.OnTimeout(kStart + milliseconds(20)), Step::kGiveUp);
  EXPECT_EQ(timer.deadline(), net::Instant::Max());
  EXPECT_EQ(timer.OnTimeout(kStart + milliseconds(50000)), Step::kWait);
}

TEST(Retransmission, Rfc8489_6_2_2_SendsOnceOverAReliableTransport) {
  RetransmissionTimer timer(RetransmissionPolicy::Reliable(), kStart);
  EXPECT_EQ(MillisecondsSinceStart(timer.deadline()), 39500);
  EXPECT_EQ(timer.OnTimeout(timer.deadline()), Step::kGiveUp);
}

}  // namespace
}  // namespace koeru::stun
