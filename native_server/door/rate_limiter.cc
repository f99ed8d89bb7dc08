#include "native_server/door/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace koeru::server {

void TokenBucket::Refill(TimePoint now) {
  if (now <= at_) return;
  tokens_ = std::min(burst_, tokens_ + std::chrono::duration<double>(now - at_).count() * per_s_);
  at_ = now;
}

bool TokenBucket::Take(double cost, TimePoint now) {
  Refill(now);
  if (tokens_ < cost) return false;
  tokens_ -= cost;
  return true;
}

void TokenBucket::Charge(double cost, TimePoint now) {
  Refill(now);
  tokens_ = std::max(0.0, tokens_ - cost);
}

std::chrono::seconds TokenBucket::WaitFor(double cost, TimePoint now) const {
  TokenBucket later = *this;
  later.Refill(now);
  const double missing = std::max(0.0, cost - later.tokens_);
  return std::chrono::seconds(std::max(1L, std::lround(std::ceil(missing / per_s_))));
}

bool RateLimiter::Take(const SourceKey& source, TimePoint now) {
  const auto found = bucket_by_source_.find(source);
  if (found != bucket_by_source_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front().bucket.Take(1, now);
  }
  if (entries_.size() >= sources_) {
    bucket_by_source_.erase(entries_.back().source);
    entries_.pop_back();
  }
  entries_.push_front({source, TokenBucket(burst_, per_s_, now)});
  bucket_by_source_.emplace(source, entries_.begin());
  return entries_.front().bucket.Take(1, now);
}

std::chrono::seconds RateLimiter::WaitFor(const SourceKey& source, TimePoint now) const {
  const auto found = bucket_by_source_.find(source);
  return found == bucket_by_source_.end() ? std::chrono::seconds(1)
                                          : found->second->bucket.WaitFor(1, now);
}

}  // namespace koeru::server
