#pragma once

// RFC 5780 section 6.1: the other address and the other port of the server, seen from the endpoint
// that a Binding request came to. Private to core/relay.
//
//   const auto place = AlternateAddress::Of(config, from.server);   // (Da, Dp)
//   place->Source({.change_ip = true, .change_port = false});       // (Ca, Dp)
//   place->Other();                                                 // (Ca, Cp)

#include <optional>

#include "core/net/five_tuple.h"
#include "core/relay/config.h"
#include "core/stun/attributes/change_request.h"

namespace koeru::relay {

class AlternateAddress {
 public:
  // nullopt when the server has no alternate address for that endpoint. `config` must outlive it.
  static std::optional<AlternateAddress> Of(const RelayConfig& config,
                                            const net::ServerAddress& asked);

  // Table 1: where the response to a request with these flags is sent from, as the socket is bound,
  net::ServerAddress Source(const stun::ChangeRequest& change) const;
  // and as clients know it.
  net::Endpoint Origin(const stun::ChangeRequest& change) const;
  net::Endpoint Other() const { return Origin({.change_ip = true, .change_port = true}); }

  // Section 6.1: "equal to the MTU on the outgoing interface, rounded up to an even multiple of
  // four bytes".
  size_t padding() const { return (pair_->mtu + 3) / 4 * 4; }

 private:
  AlternateAddress(const AlternatePair& pair, size_t address, size_t port)
      : pair_(&pair), address_(address), port_(port) {}

  const AlternatePair* pair_;
  size_t address_, port_;  // which of the pair's the request came to
};

}  // namespace koeru::relay
