#pragma once

// Reserved ports (EVEN-PORT, RESERVATION-TOKEN) of all workers: the request that redeems a token
// comes from another client port and so may reach another worker.

#include <mutex>
#include <string_view>

#include "core/relay/reservations.h"

namespace koeru::server {

class SharedReservations final : public relay::ReservationBook {
 public:
  explicit SharedReservations(relay::QuotaLedger* quota) : book_(quota) {}

  bool Put(const relay::Reservation& reservation, net::Instant now) override {
    const std::lock_guard lock(mutex_);
    return book_.Put(reservation, now);
  }
  bool Take(const relay::ReservationToken& token, std::string_view quota_name,
            std::string_view realm, net::Instant now, net::Endpoint& local) override {
    const std::lock_guard lock(mutex_);
    return book_.Take(token, quota_name, realm, now, local);
  }
  bool Holds(const net::Endpoint& local, net::Instant now) override {
    const std::lock_guard lock(mutex_);
    return book_.Holds(local, now);
  }
  void ForgetExpired(net::Instant now) override {
    const std::lock_guard lock(mutex_);
    book_.ForgetExpired(now);
  }

 private:
  std::mutex mutex_;
  relay::LocalReservations book_;
};

}  // namespace koeru::server
