#include "native_server/worker/live_addresses.h"

namespace koeru::server {
namespace {

constexpr uint64_t BitOf(uint16_t port) { return uint64_t{1} << (port % 64); }

}  // namespace

SharedLiveAddresses::SharedLiveAddresses(const std::vector<relay::RelayAddress>& addresses) {
  for (const relay::RelayAddress& address : addresses) FindOrMake(address.advertised);
}

SharedLiveAddresses::Ports& SharedLiveAddresses::FindOrMake(const net::Address& address) {
  if (Ports* const known = Find(address)) return *known;
  list_.push_back(std::make_unique<Ports>());
  list_.back()->address = address;
  return *list_.back();
}

void SharedLiveAddresses::AddForGood(const net::Endpoint& endpoint) {
  FindOrMake(endpoint.address);
  Add(endpoint);
}

SharedLiveAddresses::Ports* SharedLiveAddresses::Find(const net::Address& address) const {
  for (const auto& ports : list_) {
    if (ports->address == address) return ports.get();
  }
  return nullptr;
}

void SharedLiveAddresses::Add(const net::Endpoint& relayed) {
  if (Ports* ports = Find(relayed.address)) {
    ports->bits[relayed.port / 64].fetch_or(BitOf(relayed.port), std::memory_order_relaxed);
  }
}

void SharedLiveAddresses::Remove(const net::Endpoint& relayed) {
  if (Ports* ports = Find(relayed.address)) {
    ports->bits[relayed.port / 64].fetch_and(~BitOf(relayed.port), std::memory_order_relaxed);
  }
}

bool SharedLiveAddresses::Contains(const net::Endpoint& relayed) const {
  const Ports* ports = Find(relayed.address);
  return ports != nullptr && (ports->bits[relayed.port / 64].load(std::memory_order_relaxed) &
                              BitOf(relayed.port)) != 0;
}

}  // namespace koeru::server
