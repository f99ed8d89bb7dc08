#pragma once

// Nonces without state: the server can tell a nonce of its own from any other without having kept
// it, so an unauthenticated packet costs no memory.
//
//   "obMatJos2" | features, 4 characters | 24 characters: base64 of time, 4 bytes,
//                                          the client's port, 2 bytes, MAC, 12 bytes
//
// The first 13 characters are the nonce cookie (core/stun/nonce_cookie.h): its bits say which
// security features the server offers, and because the MAC covers them nobody on the path can take
// an offer away (bid-down attack). The MAC is HMAC-SHA256 over cookie, time, client address and
// port, and realm: RFC 8489 section 9.2.4: "The server MUST NOT choose the same NONCE for two
// requests unless they have the same source IP address and port". Which ports one is taken back
// from is another matter: see Ports.

#include <array>
#include <string_view>

#include "core/net/five_tuple.h"
#include "core/net/time.h"
#include "core/relay/config.h"
#include "core/stun/nonce_cookie.h"

namespace koeru::relay {

inline constexpr size_t kNonceSize = stun::kNonceCookieSize + 24;
using NonceText = std::array<char, kNonceSize>;

inline std::string_view AsView(const NonceText& nonce) { return {nonce.data(), nonce.size()}; }

enum class NonceVerdict : uint8_t {
  kFresh,
  kExpired,  // ours, for this client, but too old
  kForeign,  // not ours, or made for another client address, port or realm
};

class NonceMint {
 public:
  // Keeps a reference to `config`: nonce_key, nonce_lifetime and realm.
  NonceMint(const RelayConfig& config, stun::SecurityFeatures features);

  NonceText Make(const net::ClientAddress& client, net::UnixTime wall) const;
  // kAny: of the same address, with any port. Over TCP a source is proven anyhow, and a client uses
  // the nonce that it has on its further connections (RFC 6062).
  enum class Ports : uint8_t { kTheSame, kAny };
  // Both kinds of stale answers are 438; they differ for the log only. The MAC is compared in
  // constant time.
  NonceVerdict Check(std::string_view nonce, const net::ClientAddress& from, Ports ports,
                     net::UnixTime wall) const;

 private:
  NonceText MakeAt(const net::ClientAddress& client, uint32_t seconds) const;

  const RelayConfig& config_;
  std::array<char, stun::kNonceCookieSize> cookie_;
};

}  // namespace koeru::relay
