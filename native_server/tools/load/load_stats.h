#pragma once

// What a load run counts, and how that is printed. No I/O.

#include <array>
#include <cstdint>
#include <string>

#include "core/net/time.h"

namespace koeru::tools {

// In front of each payload: a tag of the run and when it was sent.
inline constexpr size_t kLoadHeader = 16;

// Delays in steps of 5 %, from a microsecond to about a minute; longer ones count as that.
class DelayHistogram {
 public:
  void Add(net::Duration delay);
  void Add(const DelayHistogram& other);
  void Clear() { counts_.fill(0), total_ = 0; }
  int64_t count() const { return total_; }
  // The delay that this share (0 to 1) of all does not exceed, to 5 %; 0 without any.
  double PercentileMs(double share) const;

 private:
  static constexpr size_t kBuckets = 368;
  std::array<int64_t, kBuckets> counts_{};
  int64_t total_ = 0;
};

struct LoadCounts {
  int64_t sent = 0;
  int64_t received = 0;
  int64_t damaged = 0;   // of the run, and changed or twice as long
  int64_t not_sent = 0;  // the link refused it
  int64_t sent_bytes = 0;
  int64_t received_bytes = 0;
};

struct LoadStats {
  int allocations = 0;
  double allocate_ms = 0;  // for all of them
  double seconds = 0;      // of sending
  LoadCounts counts;
  DelayHistogram delays;
};

// "  3 s  10 allocations  out 1000/s  in 998/s  lost 0.2 %  delay 0.4 / 0.9 / 1.2 ms" with median,
// 95th and 99th percentile; of one second.
std::string ProgressLine(int second, int allocations, const LoadCounts& counts,
                         const DelayHistogram& delays);
std::string LoadTable(const LoadStats& stats);
// Names: allocations, allocate_ms, seconds, sent, received, lost, damaged, not_sent, sent_bytes,
// received_bytes, median_ms, p95_ms, p99_ms.
std::string LoadJson(const LoadStats& stats);

}  // namespace koeru::tools
