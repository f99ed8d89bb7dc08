#include "native_server/tools/load/load_stats.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_format.h"

namespace koeru::tools {
namespace {

constexpr double kStep = 1.05;

double LostPercent(const LoadCounts& counts) {
  const auto lost = static_cast<double>(std::max<int64_t>(0, counts.sent - counts.received));
  return counts.sent == 0 ? 0 : lost * 100 / static_cast<double>(counts.sent);
}

}  // namespace

void DelayHistogram::Add(net::Duration delay) {
  const double us = std::max(1.0, static_cast<double>(delay.count()) / 1000);
  const auto bucket = static_cast<size_t>(std::ceil(std::log(us) / std::log(kStep)));
  ++counts_[std::min(bucket, kBuckets - 1)];
  ++total_;
}

void DelayHistogram::Add(const DelayHistogram& other) {
  for (size_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
  total_ += other.total_;
}

double DelayHistogram::PercentileMs(double share) const {
  if (total_ == 0) return 0;
  const auto wanted =
      std::max<int64_t>(1, static_cast<int64_t>(std::ceil(share * static_cast<double>(total_))));
  int64_t seen = 0;
  for (size_t i = 0; i < kBuckets; ++i) {
    seen += counts_[i];
    if (seen >= wanted) return std::pow(kStep, static_cast<double>(i)) / 1000;
  }
  return 0;
}

std::string ProgressLine(int second, int allocations, const LoadCounts& counts,
                         const DelayHistogram& delays) {
  return absl::StrFormat(
      "%3d s  %d allocations  out %d/s  in %d/s  lost %.1f %%  delay %.2f / %.2f / %.2f ms\n",
      second, allocations, counts.sent, counts.received, LostPercent(counts),
      delays.PercentileMs(0.5), delays.PercentileMs(0.95), delays.PercentileMs(0.99));
}

std::string LoadTable(const LoadStats& stats) {
  const LoadCounts& counts = stats.counts;
  const double seconds = stats.seconds > 0 ? stats.seconds : 1;
  const auto mbps = [seconds](int64_t bytes) {
    return static_cast<double>(bytes) * 8 / 1e6 / seconds;
  };
  return absl::StrFormat(
      "\n"
      "allocations  %d, made in %.0f ms\n"
      "sending      %.1f s\n"
      "out          %d packets, %.0f/s, %.2f Mbit/s\n"
      "back         %d packets, %.0f/s, %.2f Mbit/s\n"
      "lost         %d (%.2f %%), damaged %d, not sent %d\n"
      "delay        median %.2f, 95th percentile %.2f, 99th %.2f ms, through the relay and back\n",
      stats.allocations, stats.allocate_ms, stats.seconds, counts.sent,
      static_cast<double>(counts.sent) / seconds, mbps(counts.sent_bytes), counts.received,
      static_cast<double>(counts.received) / seconds, mbps(counts.received_bytes),
      counts.sent - counts.received, LostPercent(counts), counts.damaged, counts.not_sent,
      stats.delays.PercentileMs(0.5), stats.delays.PercentileMs(0.95),
      stats.delays.PercentileMs(0.99));
}

std::string LoadJson(const LoadStats& stats) {
  const LoadCounts& counts = stats.counts;
  return absl::StrFormat(
      "{\"allocations\":%d,\"allocate_ms\":%.3f,\"seconds\":%.3f,\"sent\":%d,\"received\":%d,"
      "\"lost\":%d,\"damaged\":%d,\"not_sent\":%d,\"sent_bytes\":%d,\"received_bytes\":%d,"
      "\"median_ms\":%.3f,\"p95_ms\":%.3f,\"p99_ms\":%.3f}\n",
      stats.allocations, stats.allocate_ms, stats.seconds, counts.sent, counts.received,
      counts.sent - counts.received, counts.damaged, counts.not_sent, counts.sent_bytes,
      counts.received_bytes, stats.delays.PercentileMs(0.5), stats.delays.PercentileMs(0.95),
      stats.delays.PercentileMs(0.99));
}

}  // namespace koeru::tools
