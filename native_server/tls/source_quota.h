// SourceQuota: at most so many of something in total, and so many from one source.
//
//   SourceQuota half_open({.total = 256, .per_source = 16});
//   std::optional<SourceQuota::Lease> lease = half_open.Take(SourceKey::Of(address));
//   if (!lease) { ... refuse ... }       // the place is free again when the lease goes away
//
// Used for connections and for TLS handshakes that are not finished. May be used from any thread.
// Memory: one table entry for each source that holds something now, so never more than `total`.
#pragma once

#include <mutex>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "native_server/tls/source_key.h"

namespace koeru::server {

class SourceQuota {
 public:
  struct Limits {
    size_t total = 0;
    size_t per_source = 0;
  };

  // Must not outlive its quota.
  class Lease {
   public:
    Lease(Lease&& other) noexcept
        : quota_(std::exchange(other.quota_, nullptr)), key_(other.key_) {}
    Lease& operator=(Lease&& other) noexcept {
      std::swap(quota_, other.quota_);
      std::swap(key_, other.key_);
      return *this;
    }
    ~Lease() {
      if (quota_ != nullptr) quota_->Return(key_);
    }

   private:
    friend class SourceQuota;
    Lease(SourceQuota* quota, SourceKey key) : quota_(quota), key_(key) {}
    SourceQuota* quota_;
    SourceKey key_;
  };

  explicit SourceQuota(Limits limits) : limits_(limits) {}
  SourceQuota(const SourceQuota&) = delete;
  SourceQuota& operator=(const SourceQuota&) = delete;

  std::optional<Lease> Take(const SourceKey& source);
  size_t taken() const;

 private:
  void Return(const SourceKey& source);

  const Limits limits_;
  mutable std::mutex mutex_;
  size_t taken_ = 0;
  absl::flat_hash_map<SourceKey, size_t> taken_by_source_;
};

}  // namespace koeru::server
