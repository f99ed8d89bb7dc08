#pragma once

// All allocations of one worker. Slots come in blocks that never move, so pointers stay good while
// an allocation lives; blocks are kept for the next ones when it ends. Two indexes of slot numbers,
// by 5-tuple and by relay socket, take about ten bytes per allocation each. The 5-tuple of a dual
// allocation leads to one of its two, and from there to the other.
//
// Handles (slot, generation) are what the edge keeps: Find(handle) is null once the allocation has
// ended, also when another one sits in its slot.

#include <array>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "core/relay/allocation.h"
#include "core/relay/config.h"
#include "core/relay/keyed_hash.h"

namespace koeru::relay {

class AllocationTable {
 public:
  explicit AllocationTable(RandomSource& random);

  // A new pending allocation. The 5-tuple and the local endpoint must be unused.
  Allocation& Create(const net::FiveTuple& five_tuple, const net::Endpoint& local);
  // The second address family of `first`.
  Allocation& CreateOther(Allocation& first, const net::Endpoint& local);
  void Remove(Allocation& allocation);
  // Another port for a pending allocation.
  void ChangeLocal(Allocation& allocation, const net::Endpoint& local);

  // A second 5-tuple, which takes the first one's place when the move is complete; RFC 8016. `to`
  // must be unused.
  void BeginMove(Allocation& allocation, const net::FiveTuple& to);
  void CompleteMove(Allocation& moving);
  void CancelMove(Allocation& allocation);
  Allocation* FindMovingTo(const net::FiveTuple& five_tuple);

  Allocation* Find(const net::FiveTuple& five_tuple);
  Allocation* Find(AllocationHandle handle);
  const Allocation* Find(AllocationHandle handle) const;
  const Allocation* FindByLocal(const net::Endpoint& local) const;

  size_t size() const { return by_local_.size(); }
  bool IsConsistent() const;

  // Calls visit(const Allocation&) for each allocation.
  template <typename Visitor>
  void ForEach(Visitor visit) const {
    for (uint32_t slot : by_local_) visit(At(slot));
  }

  // The same for those in at most `count` slots from `first` on. Returns the slot after them, 0
  // when there is none.
  template <typename Visitor>
  uint32_t ForEachFrom(uint32_t first, uint32_t count, Visitor visit) const {
    const auto slots = static_cast<uint32_t>(blocks_.size() * kBlock);
    const uint32_t end = first + count < slots ? first + count : slots;
    for (uint32_t slot = first; slot < end; ++slot) {
      if (At(slot).state != Allocation::State::kFree) visit(At(slot));
    }
    return end < slots ? end : 0;
  }

 private:
  static constexpr size_t kBlock = 64;
  using Block = std::array<Allocation, kBlock>;

  Allocation& Take(const net::FiveTuple& five_tuple, const net::Endpoint& local);

  Allocation& At(uint32_t slot) { return (*blocks_[slot / kBlock])[slot % kBlock]; }
  const Allocation& At(uint32_t slot) const { return (*blocks_[slot / kBlock])[slot % kBlock]; }

  // Hash and equality that look a slot number's key up in the table.
  template <typename Key, Key Allocation::*kMember>
  struct Hash {
    using is_transparent = void;
    const AllocationTable* table;
    size_t operator()(const Key& key) const { return HashOf(key, table->hash_key_); }
    size_t operator()(uint32_t slot) const { return (*this)(table->At(slot).*kMember); }
  };
  template <typename Key, Key Allocation::*kMember>
  struct Equal {
    using is_transparent = void;
    const AllocationTable* table;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t a, const Key& b) const { return table->At(a).*kMember == b; }
    bool operator()(const Key& a, uint32_t b) const { return (*this)(b, a); }
  };
  template <typename Key, Key Allocation::*kMember>
  using Index = absl::flat_hash_set<uint32_t, Hash<Key, kMember>, Equal<Key, kMember>>;

  HashKey hash_key_;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::vector<uint32_t> free_;
  Index<net::FiveTuple, &Allocation::five_tuple> by_tuple_;
  Index<net::Endpoint, &Allocation::local> by_local_;
  absl::flat_hash_map<net::FiveTuple, uint32_t> by_next_tuple_;  // those that are moving
};

}  // namespace koeru::relay
