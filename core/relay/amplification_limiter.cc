#include "core/relay/amplification_limiter.h"

#include <algorithm>
#include <chrono>

#include "core/relay/keyed_hash.h"

namespace koeru::relay {
namespace {

constexpr size_t kV4PrefixBytes = 3;
constexpr size_t kV6PrefixBytes = 7;
constexpr int64_t kBurst_ns = std::chrono::nanoseconds(std::chrono::seconds(1)).count();

uint64_t HashOfPrefix(const net::Address& source, const std::array<uint64_t, 2>& key) {
  const Bytes prefix = source.bytes().first(source.is_v4() ? kV4PrefixBytes : kV6PrefixBytes);
  uint64_t word = prefix.size();
  for (uint8_t byte : prefix) word = (word << 8) | byte;
  return Mix(Mix(word ^ key[0], key[1]) ^ key[1], key[0]);
}

}  // namespace

AmplificationLimiter::AmplificationLimiter(uint32_t excess_bytes_per_second, RandomSource& random)
    : bytes_per_second_(excess_bytes_per_second),
      drained_at_(std::make_unique<std::array<Row, kRows>>()) {
  random.Fill(MutableBytes(reinterpret_cast<uint8_t*>(&keys_), sizeof(keys_)));
  for (auto& row : *drained_at_) row.fill(INT64_MIN);
}

bool AmplificationLimiter::Admit(const net::Address& source, size_t request_size,
                                 size_t answer_size, net::Instant now) {
  if (bytes_per_second_ == 0 || answer_size <= request_size) return true;
  const int64_t cost = static_cast<int64_t>(answer_size - request_size) * kBurst_ns /
                       static_cast<int64_t>(bytes_per_second_);
  std::array<int64_t*, kRows> buckets;
  bool admitted = false;
  for (size_t row = 0; row < kRows; ++row) {
    buckets[row] = &(*drained_at_)[row][HashOfPrefix(source, keys_[row]) % kBuckets];
    *buckets[row] = std::max(*buckets[row], now.nanoseconds());
    // An empty bucket takes any one answer: else a small rate would shut everybody out.
    const int64_t level = *buckets[row] - now.nanoseconds();
    admitted |= level == 0 || level + cost <= kBurst_ns;
  }
  if (!admitted) return false;
  // A full bucket stays full: what passes by the other row's word is not charged to it without end.
  for (int64_t* bucket : buckets) {
    *bucket = std::min(*bucket + cost, now.nanoseconds() + kBurst_ns);
  }
  return true;
}

}  // namespace koeru::relay
