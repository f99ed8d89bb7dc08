// RateLimiter: token buckets, one for each source. A pure machine: the time is a parameter.
//
// A bucket holds at most `burst` tokens and gains `per_s` of them a second. At most `sources`
// buckets are kept; then the one that was used longest ago is forgotten, which can only give
// somebody a fresh bucket, never take one away.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "native_server/tls/source_key.h"

namespace koeru::server {

using TimePoint = std::chrono::steady_clock::time_point;

class TokenBucket {
 public:
  TokenBucket(double burst, double per_s, TimePoint now)
      : burst_(burst), per_s_(per_s), tokens_(burst), at_(now) {}

  // Takes `cost` tokens if they are there.
  bool Take(double cost, TimePoint now);
  // Takes them even when they are not, down to an empty bucket.
  void Charge(double cost, TimePoint now);
  // How long until `cost` tokens are there; at least one second, for Retry-After.
  std::chrono::seconds WaitFor(double cost, TimePoint now) const;

 private:
  void Refill(TimePoint now);

  double burst_;
  double per_s_;
  double tokens_;
  TimePoint at_;
};

class RateLimiter {
 public:
  static constexpr size_t kSources = 4096;

  RateLimiter(double burst, double per_s, size_t sources = kSources)
      : burst_(burst), per_s_(per_s), sources_(sources) {}

  bool Take(const SourceKey& source, TimePoint now);
  std::chrono::seconds WaitFor(const SourceKey& source, TimePoint now) const;
  size_t size() const { return bucket_by_source_.size(); }

 private:
  struct Entry {
    SourceKey source;
    TokenBucket bucket;
  };

  double burst_;
  double per_s_;
  size_t sources_;
  std::list<Entry> entries_;  // the last used comes first
  absl::flat_hash_map<SourceKey, std::list<Entry>::iterator> bucket_by_source_;
};

// A RateLimiter for several threads.
class SharedRateLimiter {
 public:
  SharedRateLimiter(double burst, double per_s) : limiter_(burst, per_s) {}

  // Nothing if there is a token, otherwise how long to wait for the next one.
  std::optional<std::chrono::seconds> TakeOrWait(const SourceKey& source, TimePoint now) {
    std::lock_guard lock(mutex_);
    if (limiter_.Take(source, now)) return std::nullopt;
    return limiter_.WaitFor(source, now);
  }

 private:
  std::mutex mutex_;
  RateLimiter limiter_;
};

}  // namespace koeru::server
