#pragma once

// Clients that moved (RFC 8016) to a 5-tuple which the kernel brings to another worker than their
// allocation's. By the 5-tuple of UDP, for DTLS as well.
//
// Two sides: the worker that gets the datagrams knows the owner, the owner knows who steers to it.
// An entry exists only because of a Refresh request that the owner has found good, or a finished
// handshake of DTLS, and ends within seconds after the client is gone.
//
// Both sides count what was steered, so that none of it is on its way when an entry ends: what the
// client sends next could be an Allocate request, and its allocation must not be where nobody
// steers to any more.

#include "absl/container/flat_hash_map.h"
#include "core/net/five_tuple.h"

namespace koeru::server {

inline net::FiveTuple OverUdp(net::FiveTuple five_tuple) {
  five_tuple.transport = net::Transport::kUdp;
  return five_tuple;
}

class SteeredClients {
 public:
  // Of 100 bytes or so. A client that would be one more is not answered: it allocates anew.
  static constexpr size_t kMax = 16384;

  struct Entry {
    size_t worker = 0;
    uint64_t count = 0;  // of MailItem::Kind::kDatagrams
  };

  // False: there are too many. What was counted for that worker stays.
  bool Set(const net::FiveTuple& five_tuple, size_t worker) {
    if (!HasRoomFor(five_tuple)) return false;
    Keep(five_tuple, worker);
    return true;
  }
  // The same without a bound, for what is bounded elsewhere.
  void Keep(const net::FiveTuple& five_tuple, size_t worker) {
    Entry& entry = entries_[OverUdp(five_tuple)];
    if (entry.worker != worker) entry = {.worker = worker};
  }
  bool HasRoomFor(const net::FiveTuple& five_tuple) const {
    return entries_.size() < kMax || entries_.contains(OverUdp(five_tuple));
  }
  // Null: that client is steered nowhere.
  Entry* Find(const net::FiveTuple& five_tuple) {
    const auto found = entries_.find(OverUdp(five_tuple));
    return found == entries_.end() ? nullptr : &found->second;
  }
  void Erase(const net::FiveTuple& five_tuple) { entries_.erase(OverUdp(five_tuple)); }

  template <typename Visitor>
  void ForEach(Visitor visit) const {
    for (const auto& [five_tuple, entry] : entries_) visit(five_tuple, entry);
  }

  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }

 private:
  absl::flat_hash_map<net::FiveTuple, Entry> entries_;
};

}  // namespace koeru::server
