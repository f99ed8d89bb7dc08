#pragma once

// JSON Web Tokens (RFC 7519) as credentials. TURN never sends a password, so the token is parted:
// a service signs one with HMAC-SHA-256 as always (RFC 7518 section 3.2) and hands out
//
//   header.payload.signature
//   `---username--' `password'
//
// and the relay, which has the same secret, signs the username again and so has the password
// without having heard of the user before. Who listens sees the claims, and not the signature.
//
//   exp  required: the credential counts before it
//   nbf  not before it
//   sub  the name that quotas and logs count; without it each token is a user of its own
//   aud  when there is one, the realm must be in it
//
// Reading JSON is the edge's (WebTokenReader); what claims mean is decided here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/net/time.h"

namespace koeru::relay {

struct WebTokenClaims {
  net::UnixTime expiry = {};
  std::optional<net::UnixTime> not_before = {};
  std::string subject = {};  // empty: none
  std::optional<std::vector<std::string>> audience = {};

  // RFC 7519 sections 4.1.3 to 4.1.5.
  bool CountsAt(net::UnixTime wall) const;
  bool IsFor(std::string_view realm) const;
};

class WebTokenReader {
 public:
  virtual ~WebTokenReader() = default;
  // The claims of `username`, header "." payload, both base64url. Nothing when it is no token that
  // HS256 signs, or has no exp. Called before anything is proven, on each worker's thread.
  virtual std::optional<WebTokenClaims> Read(std::string_view username) const = 0;
};

// base64url(HMAC-SHA-256(secret, username)), without padding: RFC 7515 section 5.1.
std::string PasswordFromWebTokenSecret(std::string_view secret, std::string_view username);

}  // namespace koeru::relay
