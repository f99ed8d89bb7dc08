#include "core/relay/alternate_address.h"

namespace koeru::relay {

std::optional<AlternateAddress> AlternateAddress::Of(const RelayConfig& config,
                                                     const net::ServerAddress& asked) {
  for (const AlternatePair& pair : config.alternate_pairs) {
    for (const size_t address : {0u, 1u}) {
      if (pair.addresses[address].local != asked.endpoint.address) continue;
      for (const size_t port : {0u, 1u}) {
        if (pair.ports[port] == asked.endpoint.port) return AlternateAddress(pair, address, port);
      }
    }
  }
  return std::nullopt;
}

net::ServerAddress AlternateAddress::Source(const stun::ChangeRequest& change) const {
  return {{pair_->addresses[address_ ^ size_t{change.change_ip}].local,
           pair_->ports[port_ ^ size_t{change.change_port}]}};
}

net::Endpoint AlternateAddress::Origin(const stun::ChangeRequest& change) const {
  return {pair_->addresses[address_ ^ size_t{change.change_ip}].advertised,
          pair_->ports[port_ ^ size_t{change.change_port}]};
}

}  // namespace koeru::relay
