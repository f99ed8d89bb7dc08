#include "native_server/tls/source_quota.h"

namespace koeru::server {

std::optional<SourceQuota::Lease> SourceQuota::Take(const SourceKey& source) {
  std::lock_guard lock(mutex_);
  if (taken_ >= limits_.total) return std::nullopt;
  auto [entry, inserted] = taken_by_source_.try_emplace(source, 0);
  if (entry->second >= limits_.per_source) {
    if (inserted) taken_by_source_.erase(entry);
    return std::nullopt;
  }
  ++entry->second;
  ++taken_;
  return Lease(this, source);
}

size_t SourceQuota::taken() const {
  std::lock_guard lock(mutex_);
  return taken_;
}

void SourceQuota::Return(const SourceKey& source) {
  std::lock_guard lock(mutex_);
  --taken_;
  const auto entry = taken_by_source_.find(source);
  if (--entry->second == 0) taken_by_source_.erase(entry);
}

}  // namespace koeru::server
