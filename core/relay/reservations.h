#pragma once

// Ports kept for RESERVATION-TOKEN: RFC 8656 section 7.2: "The server ... MUST hold this
// reservation for at least 30 seconds".
//
// A second request with the token may come from another client port and so reach another worker:
// where there is more than one, they share a book (RelayConfig::reservations), which the edge makes
// of a LocalReservations and a lock.
//
// A reservation holds one unit of its user's quota, which goes over to the allocation that redeems
// it, or back when nobody does: reserving does not get around quotas.

#include <deque>

#include "absl/container/flat_hash_map.h"
#include "core/relay/config.h"

namespace koeru::relay {

inline constexpr net::Duration kReservationLifetime = std::chrono::seconds(30);

class LocalReservations : public ReservationBook {
 public:
  // Quota of what expires is given back to `quota` (not owned; null: none).
  explicit LocalReservations(QuotaLedger* quota) : quota_(quota) {}

  bool Put(const Reservation& reservation, net::Instant now) override;
  bool Take(const ReservationToken& token, std::string_view quota_name, std::string_view realm,
            net::Instant now, net::Endpoint& local) override;
  bool Holds(const net::Endpoint& local, net::Instant now) override;
  void ForgetExpired(net::Instant now) override;

  size_t size() const { return by_token_.size(); }

 private:
  // At the bound a new reservation is refused (508): 4096 in 30 seconds.
  static constexpr size_t kMax = 4096;

  QuotaLedger* quota_;
  absl::flat_hash_map<ReservationToken, Reservation> by_token_;
  absl::flat_hash_map<net::Endpoint, ReservationToken> token_by_local_;
  // In the order of their ends; what was taken meanwhile is skipped.
  std::deque<std::pair<net::Instant, ReservationToken>> by_end_;
};

}  // namespace koeru::relay
