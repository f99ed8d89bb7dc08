// DoorCore: what all connections of one Door share. Whoever has a place keeps it alive.
#pragma once

#include <atomic>
#include <memory>
#include <string_view>
#include <utility>

#include "native_server/door/arrivals.h"
#include "native_server/door/door_options.h"
#include "native_server/door/handshake_counts.h"
#include "native_server/door/rate_limiter.h"
#include "native_server/tls/source_quota.h"
#include "native_server/tls/tls_context.h"

namespace koeru::server {

struct DoorCore {
  DoorCore(DoorOptions door_options, std::unique_ptr<ReloadableTlsContext> tls_context)
      : options(std::move(door_options)),
        tls(std::move(tls_context)),
        connections({options.limits.connections, options.limits.connections_per_source}),
        half_open({options.limits.half_open, options.limits.half_open_per_source}),
        connects(options.limits.connects_per_source_burst,
                 options.limits.connects_per_source_per_s) {}

  // A place for a connection from `source`. Null: a limit is reached, and the connection is closed
  // without a word: an answer would cost more than it helps.
  std::shared_ptr<const void> TakePlace(std::shared_ptr<DoorCore> self, const SourceKey& source) {
    std::optional<SourceQuota::Lease> lease;
    if (!connects.TakeOrWait(source, std::chrono::steady_clock::now())) {
      lease = connections.Take(source);
    }
    if (!lease) {
      refused.fetch_add(1, std::memory_order_relaxed);
      return nullptr;
    }
    // The quota lives in the core, which therefore has to live as long.
    struct Place {
      std::shared_ptr<DoorCore> core;
      SourceQuota::Lease lease;
    };
    return std::make_shared<const Place>(Place{std::move(self), *std::move(lease)});
  }

  void Log(Severity severity, std::string_view text) const {
    if (options.log) options.log(severity, text);
  }

  const DoorOptions options;
  const std::unique_ptr<ReloadableTlsContext> tls;  // null: no endpoint needs it
  DoorHandlers handlers;                            // set before the first connection
  SourceQuota connections;
  SourceQuota half_open;
  SharedRateLimiter connects;
  Histogram handshakes{HandshakeBounds()};  // of TLS, those that finished
  std::atomic<uint64_t> failed{0};          // the others
  std::atomic<uint64_t> refused{0};         // connections beyond a limit
};

}  // namespace koeru::server
