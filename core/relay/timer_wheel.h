#pragma once

// A hierarchical timing wheel (Varghese and Lauck, 1987): deadlines are exact, and arming,
// disarming and asking for the next deadline take constant time however many timers there are.
//
//   struct Thing { TimerNode timer{this}; ... };
//   wheel.Schedule(thing.timer, now + 10min);          // again: moves it
//   while (TimerNode* due = wheel.PopExpired(now)) Use(due->owner<Thing>());  // deadline <= now
//   sleep_until(wheel.NextDeadline());
//
// Nodes are intrusive: the wheel owns nothing and allocates nothing. A node must not move while it
// is scheduled, and takes itself off the wheel when it is destroyed.
//
// How it works. Time is cut into ticks of 2^20 ns (about a millisecond). A wheel has 8 levels of
// 64 slots; a slot of level k covers 64^k ticks. A node lies on the level of the highest base-64
// digit in which its tick differs from the wheel's own, so everything on a level is due before
// everything on the next. When the wheel's time enters a slot of an upper level, the slot's nodes
// move down. In the slot of the current tick each node is compared with `now` itself: nothing
// fires early, not even by a nanosecond.

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/net/time.h"

namespace koeru::relay {

class TimerWheel;

class TimerNode {
 public:
  // `owner`: whose timer it is, for when it fires.
  explicit TimerNode(void* owner) : owner_(owner) {}
  TimerNode(const TimerNode&) = delete;
  TimerNode& operator=(const TimerNode&) = delete;
  inline ~TimerNode();

  bool scheduled() const { return wheel_ != nullptr; }
  net::Instant deadline() const { return deadline_; }
  template <typename Owner>
  Owner& owner() const {
    return *static_cast<Owner*>(owner_);
  }

 private:
  friend class TimerWheel;
  void* const owner_;
  TimerWheel* wheel_ = nullptr;
  TimerNode* next_ = nullptr;
  TimerNode* previous_ = nullptr;
  net::Instant deadline_;
  uint16_t slot_ = 0;  // level * 64 + slot
};

class TimerWheel {
 public:
  TimerWheel() = default;
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;
  ~TimerWheel();

  void Schedule(TimerNode& node, net::Instant deadline);
  void Cancel(TimerNode& node);

  // The next node with deadline <= now, taken off the wheel; null when there is none. A `now`
  // before that of an earlier call pops nothing that a later one would not.
  TimerNode* PopExpired(net::Instant now);

  // When PopExpired has something to do again: never after the earliest deadline. It may be
  // earlier while that deadline is far away (at most once per level), and is exact in its last
  // 64 ticks. Instant::Max() when nothing is scheduled.
  net::Instant NextDeadline() const;

  size_t size() const { return size_; }
  // Every node lies where its deadline says, and the counts are right. Slow: for tests.
  bool IsConsistent() const;

 private:
  static constexpr int kTickBits = 20;
  static constexpr int kSlotBits = 6;
  static constexpr size_t kSlots = 64;
  static constexpr size_t kLevels = 8;  // 8 * 6 + 20 bits: more than an Instant has

  static uint64_t TickOf(net::Instant t);
  static net::Instant StartOf(uint64_t tick);
  size_t SlotOf(uint64_t tick) const;
  void Link(TimerNode& node);
  void Unlink(TimerNode& node);
  void MoveTo(uint64_t tick);

  uint64_t tick_ = 0;  // the wheel's own time
  size_t size_ = 0;
  std::array<uint64_t, kLevels> occupied_{};  // a bit for each slot that is not empty
  std::array<TimerNode*, kLevels * kSlots> slots_{};
};

inline TimerNode::~TimerNode() {
  if (wheel_ != nullptr) wheel_->Cancel(*this);
}

}  // namespace koeru::relay
