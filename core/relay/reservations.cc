#include "core/relay/reservations.h"

namespace koeru::relay {

bool LocalReservations::Put(const Reservation& reservation, net::Instant now) {
  ForgetExpired(now);
  // by_end_ counts what was taken, too, until its time is over: it is the memory that is bounded.
  if (by_end_.size() >= kMax) return false;
  if (token_by_local_.contains(reservation.local) || by_token_.contains(reservation.token)) {
    return false;
  }
  token_by_local_.emplace(reservation.local, reservation.token);
  by_token_.emplace(reservation.token, reservation);
  by_end_.emplace_back(now + kReservationLifetime, reservation.token);
  return true;
}

bool LocalReservations::Take(const ReservationToken& token, std::string_view quota_name,
                             std::string_view realm, net::Instant now, net::Endpoint& local) {
  ForgetExpired(now);
  const auto found = by_token_.find(token);
  if (found == by_token_.end() || found->second.quota_name != quota_name ||
      found->second.realm != realm) {
    return false;
  }
  local = found->second.local;
  token_by_local_.erase(local);
  by_token_.erase(found);
  return true;
}

bool LocalReservations::Holds(const net::Endpoint& local, net::Instant now) {
  ForgetExpired(now);
  return token_by_local_.contains(local);
}

void LocalReservations::ForgetExpired(net::Instant now) {
  while (!by_end_.empty() && by_end_.front().first <= now) {
    const auto found = by_token_.find(by_end_.front().second);
    by_end_.pop_front();
    if (found == by_token_.end()) continue;
    const Reservation& reservation = found->second;
    if (quota_ != nullptr) quota_->Release(reservation.quota_name, reservation.realm);
    token_by_local_.erase(found->second.local);
    by_token_.erase(found);
  }
}

}  // namespace koeru::relay
