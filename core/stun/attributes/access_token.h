#pragma once

// ACCESS-TOKEN: RFC 7635 section 6.2. The self-contained token of an authorization server, opaque
// to the client:
//
//   struct {
//       uint16_t nonce_length;
//       opaque nonce[nonce_length];
//       opaque encrypted_block;      // key, timestamp and lifetime under AEAD
//   } token;
//
// The nonce's length is checked here; the block is for whoever holds the key.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct AccessToken {
  static constexpr uint16_t kType = attribute_type::kAccessToken;
  Bytes nonce;
  Bytes encrypted_block;

  static Result<AccessToken> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    AccessToken token;
    token.nonce = r.Take(r.U16());
    token.encrypted_block = r.Rest();
    if (!r.ok()) return ParseError{"the nonce of ACCESS-TOKEN runs past its end", 0};
    return token;
  }
  void Encode(Writer& w, const TransactionId&) const {
    if (nonce.size() > 0xFFFF) w.Fail();
    w.U16(static_cast<uint16_t>(nonce.size()));
    w.Put(nonce);
    w.Put(encrypted_block);
  }
};

}  // namespace koeru::stun
