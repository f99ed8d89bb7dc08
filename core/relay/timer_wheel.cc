#include "core/relay/timer_wheel.h"

#include <algorithm>
#include <bit>

namespace koeru::relay {

TimerWheel::~TimerWheel() {
  for (TimerNode* node : slots_) {
    while (node != nullptr) {
      node->wheel_ = nullptr;
      node = node->next_;
    }
  }
}

// Instants may be negative; ticks are not: the smallest instant is tick 0.
uint64_t TimerWheel::TickOf(net::Instant t) {
  return (static_cast<uint64_t>(t.nanoseconds()) ^ (uint64_t{1} << 63)) >> kTickBits;
}

net::Instant TimerWheel::StartOf(uint64_t tick) {
  return net::Instant::FromNanoseconds(
      static_cast<int64_t>((tick << kTickBits) ^ (uint64_t{1} << 63)));
}

size_t TimerWheel::SlotOf(uint64_t tick) const {
  const uint64_t difference = tick ^ tick_;
  const size_t level =
      difference == 0 ? 0 : (static_cast<size_t>(std::bit_width(difference)) - 1) / kSlotBits;
  return level * kSlots + ((tick >> (level * kSlotBits)) & (kSlots - 1));
}

void TimerWheel::Link(TimerNode& node) {
  // What is overdue waits in the slot of the current tick.
  const size_t slot = SlotOf(std::max(TickOf(node.deadline_), tick_));
  node.slot_ = static_cast<uint16_t>(slot);
  node.previous_ = nullptr;
  node.next_ = slots_[slot];
  if (node.next_ != nullptr) node.next_->previous_ = &node;
  slots_[slot] = &node;
  occupied_[slot / kSlots] |= uint64_t{1} << (slot % kSlots);
}

void TimerWheel::Unlink(TimerNode& node) {
  if (node.next_ != nullptr) node.next_->previous_ = node.previous_;
  if (node.previous_ != nullptr) {
    node.previous_->next_ = node.next_;
    return;
  }
  slots_[node.slot_] = node.next_;
  if (node.next_ == nullptr) {
    occupied_[node.slot_ / kSlots] &= ~(uint64_t{1} << (node.slot_ % kSlots));
  }
}

void TimerWheel::Schedule(TimerNode& node, net::Instant deadline) {
  Cancel(node);
  node.deadline_ = deadline;
  node.wheel_ = this;
  ++size_;
  Link(node);
}

void TimerWheel::Cancel(TimerNode& node) {
  if (node.wheel_ != this) return;
  Unlink(node);
  node.wheel_ = nullptr;
  --size_;
}

// Moves the wheel's time forward to `tick`, which must not lie behind the next occupied slot: only
// the slot that `tick` falls into can hold nodes that now belong on a lower level.
void TimerWheel::MoveTo(uint64_t tick) {
  const size_t entered = SlotOf(tick);
  tick_ = tick;
  if (entered < kSlots) return;  // on level 0 there is nothing below
  TimerNode* node = slots_[entered];
  slots_[entered] = nullptr;
  occupied_[entered / kSlots] &= ~(uint64_t{1} << (entered % kSlots));
  while (node != nullptr) {
    TimerNode* const next = node->next_;
    Link(*node);
    node = next;
  }
}

TimerNode* TimerWheel::PopExpired(net::Instant now) {
  const uint64_t target = TickOf(now);
  while (size_ > 0) {
    for (TimerNode* node = slots_[tick_ & (kSlots - 1)]; node != nullptr; node = node->next_) {
      // Nodes of the current tick are on level 0.
      if (node->deadline_ <= now) {
        Cancel(*node);
        return node;
      }
    }
    if (tick_ >= target) return nullptr;
    const uint64_t next = TickOf(NextDeadline());
    // In the current tick a node is left that is not due, or the next one lies beyond `now`.
    if (next <= tick_) return nullptr;
    MoveTo(std::min(next, target));
    if (next > target) return nullptr;
  }
  tick_ = std::max(tick_, target);
  return nullptr;
}

net::Instant TimerWheel::NextDeadline() const {
  if (size_ == 0) return net::Instant::Max();
  size_t level = 0;
  while (occupied_[level] == 0) ++level;
  const auto slot = static_cast<size_t>(std::countr_zero(occupied_[level]));
  if (level == 0) {
    net::Instant earliest = net::Instant::Max();
    for (const TimerNode* node = slots_[slot]; node != nullptr; node = node->next_) {
      earliest = std::min(earliest, node->deadline_);
    }
    return earliest;
  }
  // The first tick of that slot: the digits above this level are the wheel's own.
  const size_t shift = level * kSlotBits;
  const uint64_t above = tick_ >> (shift + kSlotBits) << (shift + kSlotBits);
  return StartOf(above | (uint64_t{slot} << shift));
}

bool TimerWheel::IsConsistent() const {
  size_t count = 0;
  for (size_t slot = 0; slot < slots_.size(); ++slot) {
    const bool marked = (occupied_[slot / kSlots] >> (slot % kSlots) & 1) != 0;
    if (marked != (slots_[slot] != nullptr)) return false;
    const TimerNode* previous = nullptr;
    for (const TimerNode* node = slots_[slot]; node != nullptr; node = node->next_) {
      if (node->wheel_ != this || node->slot_ != slot || node->previous_ != previous) return false;
      if (SlotOf(std::max(TickOf(node->deadline_), tick_)) != slot) return false;
      previous = node;
      ++count;
    }
  }
  return count == size_;
}

}  // namespace koeru::relay
