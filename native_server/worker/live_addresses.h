#pragma once

// Which relayed addresses are in use, over all workers: one bit for each port of each relay
// address. Read for data packets between two clients of this relay, so it takes no lock.

#include <array>
#include <atomic>
#include <memory>
#include <vector>

#include "core/relay/config.h"

namespace koeru::server {

class SharedLiveAddresses final : public relay::LiveRelayedAddresses {
 public:
  // 8 KB for each relay address.
  explicit SharedLiveAddresses(const std::vector<relay::RelayAddress>& addresses);

  // What clients may reach besides: the server's own media peer. Before any worker starts.
  void AddForGood(const net::Endpoint& endpoint);

  void Add(const net::Endpoint& relayed) override;
  void Remove(const net::Endpoint& relayed) override;
  bool Contains(const net::Endpoint& relayed) const override;

 private:
  static constexpr size_t kWords = 65536 / 64;
  struct Ports {
    net::Address address;  // as clients know it
    std::array<std::atomic<uint64_t>, kWords> bits{};
  };
  Ports* Find(const net::Address& address) const;
  Ports& FindOrMake(const net::Address& address);

  std::vector<std::unique_ptr<Ports>> list_;
};

}  // namespace koeru::server
