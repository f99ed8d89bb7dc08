#include "core/relay/timer_wheel.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>

namespace koeru::relay {
namespace {

using namespace std::chrono_literals;
using net::Instant;

struct Thing {
  TimerNode timer{this};
  int number = 0;
};

Instant At(net::Duration since_start) {
  return Instant::FromNanoseconds(1'234'567'890'123) + since_start;
}

TEST(TimerWheel, FiresAtTheDeadlineAndNotANanosecondBefore) {
  for (const net::Duration wait :
       {net::Duration(1ns), net::Duration(1ms), net::Duration(64ms), net::Duration(300s),
        net::Duration(3600s), net::Duration(720h)}) {
    TimerWheel wheel;
    Thing thing;
    EXPECT_EQ(wheel.PopExpired(At(0ns)), nullptr);
    wheel.Schedule(thing.timer, At(wait));
    EXPECT_EQ(wheel.PopExpired(At(wait - 1ns)), nullptr) << wait.count();
    EXPECT_EQ(wheel.PopExpired(At(wait)), &thing.timer) << wait.count();
    EXPECT_EQ(wheel.size(), 0u);
  }
}

TEST(TimerWheel, HandsOutTheOwnerOfATimer) {
  TimerWheel wheel;
  Thing thing;
  thing.number = 42;
  wheel.Schedule(thing.timer, At(1s));
  EXPECT_EQ(wheel.PopExpired(At(1s))->owner<Thing>().number, 42);
}

TEST(TimerWheel, FiresWhatIsOverdueAtOnce) {
  TimerWheel wheel;
  Thing early, late;
  wheel.Schedule(late.timer, At(10s));
  EXPECT_EQ(wheel.PopExpired(At(5s)), nullptr);
  wheel.Schedule(early.timer, At(1s));
  EXPECT_EQ(wheel.NextDeadline(), At(1s));
  EXPECT_EQ(wheel.PopExpired(At(5s)), &early.timer);
  EXPECT_EQ(wheel.PopExpired(At(5s)), nullptr);
}

TEST(TimerWheel, FiresNothingThatWasCancelledMovedOrDestroyed) {
  TimerWheel wheel;
  Thing cancelled, moved;
  wheel.Schedule(cancelled.timer, At(1s));
  wheel.Schedule(moved.timer, At(1s));
  {
    Thing destroyed;
    wheel.Schedule(destroyed.timer, At(1s));
    EXPECT_EQ(wheel.size(), 3u);
  }
  wheel.Cancel(cancelled.timer);
  wheel.Schedule(moved.timer, At(2s));
  EXPECT_FALSE(cancelled.timer.scheduled());
  EXPECT_TRUE(moved.timer.scheduled());
  EXPECT_EQ(wheel.size(), 1u);
  EXPECT_EQ(wheel.PopExpired(At(2s - 1ns)), nullptr);
  EXPECT_EQ(wheel.PopExpired(At(2s)), &moved.timer);
  EXPECT_TRUE(wheel.IsConsistent());
}

TEST(TimerWheel, LeavesNodesUsableWhenItIsDestroyedFirst) {
  Thing thing;
  {
    TimerWheel wheel;
    wheel.Schedule(thing.timer, At(1s));
  }
  EXPECT_FALSE(thing.timer.scheduled());
}

TEST(TimerWheel, HasNoDeadlineWhenEmpty) {
  EXPECT_EQ(TimerWheel().NextDeadline(), Instant::Max());
}

TEST(TimerWheel, NextDeadlineLeadsToTheTimerInAFewSteps) {
  TimerWheel wheel;
  Thing thing;
  wheel.Schedule(thing.timer, At(600s));
  int steps = 0;
  while (wheel.PopExpired(wheel.NextDeadline()) == nullptr) {
    ASSERT_LE(wheel.NextDeadline(), At(600s));
    ASSERT_LT(++steps, 9) << "once per level at most";
  }
  EXPECT_EQ(wheel.size(), 0u);
}

TEST(TimerWheel, WorksAtBothEndsOfTime) {
  for (const Instant deadline : {Instant::FromNanoseconds(INT64_MIN),
                                 Instant::FromNanoseconds(-1), Instant::FromNanoseconds(0),
                                 Instant::Max()}) {
    TimerWheel wheel;
    Thing thing;
    wheel.Schedule(thing.timer, deadline);
    EXPECT_TRUE(wheel.IsConsistent());
    if (deadline > Instant::FromNanoseconds(INT64_MIN)) {
      EXPECT_EQ(wheel.PopExpired(deadline - 1ns), nullptr);
    }
    EXPECT_EQ(wheel.PopExpired(deadline), &thing.timer);
  }
}

// Against a sorted map, over time spans from nanoseconds to days.
TEST(TimerWheel, AgreesWithASortedMapOverRandomOperations) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    const auto span = [&random] {
      return net::Duration(static_cast<int64_t>(random() % (uint64_t{1} << (random() % 48))));
    };
    TimerWheel wheel;
    std::deque<Thing> things(200);
    std::map<TimerNode*, Instant> model;
    Instant now = At(0ns);
    for (int step = 0; step < 3000; ++step) {
      TimerNode& node = things[random() % things.size()].timer;
      switch (random() % 4) {
        case 0:
        case 1:
          model[&node] = now + span() - 1ms;
          wheel.Schedule(node, model[&node]);
          break;
        case 2:
          model.erase(&node);
          wheel.Cancel(node);
          break;
        case 3: {
          now = now + span() / 16;
          while (TimerNode* due = wheel.PopExpired(now)) {
            ASSERT_TRUE(model.contains(due));
            ASSERT_LE(model[due], now);
            model.erase(due);
          }
          break;
        }
      }
      Instant earliest = Instant::Max();
      for (const auto& [timer, deadline] : model) earliest = std::min(earliest, deadline);
      ASSERT_LE(wheel.NextDeadline(), earliest);
      ASSERT_EQ(wheel.size(), model.size());
    }
    ASSERT_TRUE(wheel.IsConsistent());
    for (const auto& [timer, deadline] : model) {
      ASSERT_TRUE(timer->scheduled());
      ASSERT_EQ(timer->deadline(), deadline);
    }
    for (; TimerNode* due = wheel.PopExpired(Instant::Max());) model.erase(due);
    ASSERT_TRUE(model.empty());
  }
}

}  // namespace
}  // namespace koeru::relay
