#pragma once

// Requests that wait until a database has said who their user is.
//
// One for each 5-tuple: whatever else comes from there meanwhile is dropped, because a client sends
// its request again until it has an answer. So neither a retransmission nor a flood from one client
// costs memory. At most kMaxRequests of at most kMaxBytes each: 2 MB for a worker.

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/bytes/reader.h"
#include "core/net/five_tuple.h"
#include "core/net/time.h"

namespace koeru::relay {

class ParkedRequests {
 public:
  static constexpr size_t kMaxRequests = 1024;
  static constexpr size_t kMaxBytes = 2048;

  struct Parked {
    net::FiveTuple from;
    std::vector<uint8_t> bytes;
    net::UnixTime wall;  // when it came
  };
  enum class Result : uint8_t {
    kParked,
    kRepeated,  // one from there waits already
    kNoRoom,    // too many wait, or it is too long
  };

  // `lookup`: what it waits for.
  Result Park(uint64_t lookup, const net::FiveTuple& from, Bytes request,
              net::UnixTime wall);
  bool Holds(const net::FiveTuple& from) const { return by_tuple_.contains(from); }
  // All that waited for `lookup`, in the order in which they came.
  std::vector<Parked> Take(uint64_t lookup);
  // The client is gone.
  void Forget(const net::FiveTuple& from);
  void Clear();

  size_t size() const { return by_tuple_.size(); }

 private:
  absl::flat_hash_map<net::FiveTuple, Parked> by_tuple_;
  absl::flat_hash_map<uint64_t, std::vector<net::FiveTuple>> tuples_by_lookup_;
};

}  // namespace koeru::relay
