#pragma once

// How long things took, counted in ranges, as Prometheus shows it. Any thread observes and reads.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <span>

#include "core/net/time.h"

namespace koeru::server {

// What was counted: counts[i] is how many took at most bounds[i] and more than the bound before;
// the last count, behind all bounds, is of those that took longer.
struct HistogramCounts {
  static constexpr size_t kMostBounds = 15;

  std::span<const net::Duration> bounds{};  // lives for ever
  std::array<uint64_t, kMostBounds + 1> counts{};
  net::Duration sum{};

  void Add(const HistogramCounts& other) {
    bounds = other.bounds;
    for (size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
    sum += other.sum;
  }
  uint64_t total() const {
    uint64_t total = 0;
    for (const uint64_t count : counts) total += count;
    return total;
  }
};

class Histogram {
 public:
  // `bounds` rise, are kMostBounds at most, and live for ever.
  explicit Histogram(std::span<const net::Duration> bounds) : bounds_(bounds) {}

  void Observe(net::Duration took) {
    const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), took) - bounds_.begin();
    counts_[static_cast<size_t>(at)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(took.count(), std::memory_order_relaxed);
  }

  HistogramCounts Get() const {
    HistogramCounts seen{.bounds = bounds_};
    for (size_t i = 0; i < counts_.size(); ++i) {
      seen.counts[i] = counts_[i].load(std::memory_order_relaxed);
    }
    seen.sum = net::Duration(sum_.load(std::memory_order_relaxed));
    return seen;
  }

 private:
  std::span<const net::Duration> bounds_;
  std::array<std::atomic<uint64_t>, HistogramCounts::kMostBounds + 1> counts_{};
  std::atomic<int64_t> sum_{0};  // nanoseconds
};

}  // namespace koeru::server
