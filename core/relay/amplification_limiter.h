#pragma once

// Keeps the relay from being an amplifier. A request over UDP may carry a forged source, and the
// answer (a 401 with realm and nonce, say) is larger than the request; so the bytes by which
// answers exceed requests are counted per source prefix (/24 of IPv4, /56 of IPv6, what one
// subscriber or one victim network is) and bounded by a rate. Above it the relay stays silent.
// Answers that are not larger than their request always pass, and so do authenticated ones, whose
// nonce proves the source.
//
// Memory is fixed: two rows of leaky buckets, indexed by two keyed hashes of the prefix (a
// count-min sketch). A flood from many prefixes cannot evict the bucket of the one it wants to hit,
// and a bystander is held back only when both of its buckets collide with busy ones.

#include <array>
#include <memory>

#include "core/net/address.h"
#include "core/net/time.h"
#include "core/relay/config.h"

namespace koeru::relay {

class AmplificationLimiter {
 public:
  // `excess_bytes_per_second`: also the burst that an idle prefix may take; 0: unlimited.
  AmplificationLimiter(uint32_t excess_bytes_per_second, RandomSource& random);

  void set_rate(uint32_t excess_bytes_per_second) { bytes_per_second_ = excess_bytes_per_second; }

  // May an answer of `answer_size` bytes go out? Counts it when it may.
  bool Admit(const net::Address& source, size_t request_size, size_t answer_size,
             net::Instant now);

 private:
  static constexpr size_t kRows = 2;
  static constexpr size_t kBuckets = 4096;  // of 8 bytes, in 2 rows: 64 kB per worker

  // When the bucket will have drained, in nanoseconds: "virtual scheduling" (ITU-T I.371, GCRA).
  using Row = std::array<int64_t, kBuckets>;

  uint32_t bytes_per_second_;
  std::array<std::array<uint64_t, 2>, kRows> keys_;
  std::unique_ptr<std::array<Row, kRows>> drained_at_;
};

}  // namespace koeru::relay
