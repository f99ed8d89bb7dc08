#include "core/relay/allocation_table.h"

#include <cassert>

namespace koeru::relay {

AllocationTable::AllocationTable(RandomSource& random)
    : by_tuple_(0, {this}, {this}), by_local_(0, {this}, {this}) {
  random.Fill(MutableBytes(reinterpret_cast<uint8_t*>(&hash_key_), sizeof(hash_key_)));
}

Allocation& AllocationTable::Create(const net::FiveTuple& five_tuple, const net::Endpoint& local) {
  Allocation& allocation = Take(five_tuple, local);
  by_tuple_.insert(allocation.handle.slot);
  return allocation;
}

Allocation& AllocationTable::CreateOther(Allocation& first, const net::Endpoint& local) {
  assert(first.other_family == nullptr);
  Allocation& allocation = Take(first.five_tuple, local);
  first.other_family = &allocation;
  allocation.other_family = &first;
  return allocation;
}

// A slot, known by its relay socket alone.
Allocation& AllocationTable::Take(const net::FiveTuple& five_tuple, const net::Endpoint& local) {
  if (free_.empty()) {
    const auto first = static_cast<uint32_t>(blocks_.size() * kBlock);
    blocks_.push_back(std::make_unique<Block>());
    free_.reserve(blocks_.size() * kBlock);
    for (uint32_t i = kBlock; i-- > 0;) free_.push_back(first + i);
  }
  const uint32_t slot = free_.back();
  free_.pop_back();
  Allocation& allocation = At(slot);
  assert(allocation.state == Allocation::State::kFree);
  allocation.handle = {slot, allocation.handle.generation + 1};
  allocation.state = Allocation::State::kPending;
  allocation.five_tuple = five_tuple;
  allocation.local = local;
  by_local_.insert(slot);
  return allocation;
}

void AllocationTable::Remove(Allocation& allocation) {
  const AllocationHandle handle = allocation.handle;
  Allocation* const other = allocation.other_family;
  const bool had_tuple = by_tuple_.erase(handle.slot) == 1;
  if (allocation.next_tuple != nullptr && other != nullptr) {
    BeginMove(*other, net::FiveTuple(*allocation.next_tuple));
  } else if (other == nullptr) {
    CancelMove(allocation);
  }
  if (other != nullptr) {
    other->other_family = nullptr;
    if (had_tuple) by_tuple_.insert(other->handle.slot);
  }
  by_local_.erase(handle.slot);
  std::destroy_at(&allocation);
  std::construct_at(&allocation);
  allocation.handle = handle;
  free_.push_back(handle.slot);
}

void AllocationTable::ChangeLocal(Allocation& allocation, const net::Endpoint& local) {
  by_local_.erase(allocation.handle.slot);
  allocation.local = local;
  by_local_.insert(allocation.handle.slot);
}

void AllocationTable::BeginMove(Allocation& allocation, const net::FiveTuple& to) {
  CancelMove(allocation);
  allocation.next_tuple = std::make_unique<net::FiveTuple>(to);
  by_next_tuple_.emplace(to, allocation.handle.slot);
}

void AllocationTable::CancelMove(Allocation& allocation) {
  for (Allocation* moving : {&allocation, allocation.other_family}) {
    if (moving == nullptr || moving->next_tuple == nullptr) continue;
    by_next_tuple_.erase(*moving->next_tuple);
    moving->next_tuple.reset();
  }
}

void AllocationTable::CompleteMove(Allocation& moving) {
  Allocation* const other = moving.other_family;
  const net::FiveTuple to = moving.next_tuple != nullptr ? *moving.next_tuple : *other->next_tuple;
  CancelMove(moving);
  by_tuple_.erase(moving.handle.slot);
  if (other != nullptr) {
    by_tuple_.erase(other->handle.slot);
    other->five_tuple = to;
  }
  moving.five_tuple = to;
  by_tuple_.insert(moving.handle.slot);
}

Allocation* AllocationTable::FindMovingTo(const net::FiveTuple& five_tuple) {
  if (by_next_tuple_.empty()) return nullptr;
  const auto found = by_next_tuple_.find(five_tuple);
  return found == by_next_tuple_.end() ? nullptr : &At(found->second);
}

Allocation* AllocationTable::Find(const net::FiveTuple& five_tuple) {
  const auto found = by_tuple_.find(five_tuple);
  return found == by_tuple_.end() ? nullptr : &At(*found);
}

Allocation* AllocationTable::Find(AllocationHandle handle) {
  return const_cast<Allocation*>(std::as_const(*this).Find(handle));
}

const Allocation* AllocationTable::Find(AllocationHandle handle) const {
  if (handle.slot >= blocks_.size() * kBlock) return nullptr;
  const Allocation& allocation = At(handle.slot);
  const bool same = allocation.handle.generation == handle.generation &&
                    allocation.state != Allocation::State::kFree;
  return same ? &allocation : nullptr;
}

const Allocation* AllocationTable::FindByLocal(const net::Endpoint& local) const {
  const auto found = by_local_.find(local);
  return found == by_local_.end() ? nullptr : &At(*found);
}

bool AllocationTable::IsConsistent() const {
  if (by_local_.size() + free_.size() != blocks_.size() * kBlock) return false;
  for (const auto& [tuple, slot] : by_next_tuple_) {
    const auto& next = At(slot).next_tuple;
    if (next == nullptr || *next != tuple) return false;
  }
  size_t tuples = 0;
  for (uint32_t slot : by_local_) {
    const Allocation& allocation = At(slot);
    if (allocation.state == Allocation::State::kFree || allocation.handle.slot != slot) {
      return false;
    }
    const Allocation* const other = allocation.other_family;
    if (other != nullptr &&
        (other->other_family != &allocation || other->five_tuple != allocation.five_tuple ||
         other->local.address.family() == allocation.local.address.family())) {
      return false;
    }
    const auto tuple = by_tuple_.find(allocation.five_tuple);
    if (tuple == by_tuple_.end()) return false;
    if (*tuple == slot) ++tuples;
    if (*tuple != slot && (other == nullptr || *tuple != other->handle.slot)) return false;
    if (!allocation.permissions.IsConsistent() || !allocation.channels.IsConsistent()) {
      return false;
    }
  }
  return tuples == by_tuple_.size();
}

}  // namespace koeru::relay
