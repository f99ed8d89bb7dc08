// DtlsHandshakes: the associations that are not finished, and the strangers before them. A machine
// without sockets, threads and clocks:
//
//   DtlsHandshakes handshakes(context, limits);
//   DtlsHandshakes::Answers answers = handshakes.OnDatagram(five_tuple, datagram, now);
//   ... send what is in them; whose connection has an engine is finished and forgotten here ...
//
// A stranger costs no memory: one engine asks all of them for cookies (RFC 6347 section 4.2.1), and
// its answer is never longer than the question. Who comes back with the right one has a place, as
// long as there are places, for a bounded time.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "native_server/door/handshake_counts.h"
#include "native_server/door/rate_limiter.h"
#include "native_server/tls/dtls_connection.h"
#include "native_server/tls/source_quota.h"

namespace koeru::server {

// What happens at the limit stands behind it.
struct DtlsLimits {
  size_t associations = 8192;             // a handshake that ends then is dropped
  size_t associations_per_source = 1024;  // the same: a company behind one NAT is one source
  size_t half_open = 256;                 // further handshakes do not begin: the client asks again
  size_t half_open_per_source = 32;
  double handshakes_per_source_burst = 200;  // the same
  double handshakes_per_source_per_s = 20;
  std::chrono::milliseconds handshake_time{10'000};  // then it is forgotten
};

class DtlsHandshakes {
 public:
  struct Counts {
    uint64_t cookies = 0;  // strangers that were asked for one
    uint64_t nothing = 0;  // no datagram of a handshake
    HandshakeCounts handshakes{};
  };
  using Answers = std::vector<DtlsAnswer>;

  DtlsHandshakes(std::shared_ptr<const TlsContext> context, const DtlsLimits& limits);

  Answers OnDatagram(const net::FiveTuple& five_tuple, Bytes datagram, net::Instant now);
  // Sends again what is due, and forgets who took too long.
  Answers OnTimeout(net::Instant now);
  net::Instant NextDeadline() const;  // Instant::Max(): nobody waits

  // For new handshakes.
  void SetContext(std::shared_ptr<const TlsContext> context);

  bool IsHalfOpen(const net::FiveTuple& five_tuple) const {
    return half_open_.contains(five_tuple);
  }
  size_t half_open() const { return half_open_.size(); }
  Counts counts() const {
    Counts counts = counts_;
    counts.handshakes.finished = finished_.Get();
    return counts;
  }

 private:
  struct HalfOpen {
    std::unique_ptr<DtlsEngine> engine;
    SourceQuota::Lease lease;
    net::Instant began;
    net::Instant ends;
  };
  using Table = absl::flat_hash_map<net::FiveTuple, HalfOpen>;

  void OnStranger(const net::FiveTuple& five_tuple, Bytes datagram, net::Instant now,
                  Answers& answers);
  void Begin(const net::FiveTuple& five_tuple, net::Instant now, Answers& answers);
  // What the engine said when it was asked to go on. Erases who is finished or failed.
  void GoOn(Table::iterator who, net::Instant now, Answers& answers);

  std::shared_ptr<const TlsContext> context_;
  const DtlsLimits limits_;
  SourceQuota half_open_places_;
  std::shared_ptr<SourceQuota> places_;  // outlives this: associations are counted, too
  RateLimiter rate_;
  std::unique_ptr<DtlsEngine> stranger_;
  Table half_open_;
  Counts counts_;
  Histogram finished_{HandshakeBounds()};
};

}  // namespace koeru::server
