#pragma once

// ORIGIN: draft-ietf-tram-stun-origin-06 (expired, but sent by browsers and read by
// coturn). The web origin (RFC 6454) of the page that uses the server, so that a server of
// several realms can choose one. Never trusted.

#include "core/stun/attribute_type.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

// A scheme, "://", a domain name of 253 characters and a port.
inline constexpr TextLimit kOriginLimit{267, 267};

struct Origin {
  static constexpr uint16_t kType = attribute_type::kOrigin;
  std::string_view text;

  static Result<Origin> Decode(Bytes value, const TransactionId&) {
    return DecodeTextAs<Origin>(value, kOriginLimit, "ORIGIN is longer than 267 bytes");
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeText(w, text, kOriginLimit); }
};

}  // namespace koeru::stun
