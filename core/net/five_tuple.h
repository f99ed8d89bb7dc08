#pragma once

// RFC 8656 section 2: "5-tuple: The combination (client IP address and port, server IP address and
// port, and transport protocol) ... uniquely identifies an allocation".

#include "core/net/address.h"

namespace koeru::net {

// The transport between client and server.
enum class Transport : uint8_t { kUdp, kTcp, kTls, kDtls };

// A byte stream, or datagrams.
constexpr bool IsStream(Transport transport) {
  return transport == Transport::kTcp || transport == Transport::kTls;
}

// The same shape, different parties: a call with two of them swapped must not compile.
struct ClientAddress {
  Endpoint endpoint;
  friend constexpr auto operator<=>(const ClientAddress&, const ClientAddress&) = default;
};
struct ServerAddress {
  Endpoint endpoint;
  friend constexpr auto operator<=>(const ServerAddress&, const ServerAddress&) = default;
};
struct PeerAddress {
  Endpoint endpoint;
  friend constexpr auto operator<=>(const PeerAddress&, const PeerAddress&) = default;
};

struct FiveTuple {
  ClientAddress client;
  ServerAddress server;
  Transport transport = Transport::kUdp;

  friend constexpr auto operator<=>(const FiveTuple&, const FiveTuple&) = default;

  template <typename H>
  friend H AbslHashValue(H h, const FiveTuple& t) {
    return H::combine(std::move(h), t.client.endpoint, t.server.endpoint, t.transport);
  }
};

}  // namespace koeru::net
