#pragma once

// What is inside ACCESS-TOKEN: RFC 7635 section 6.2, the self-contained token that an authorization
// server seals for this server, and that its client cannot read:
//
//   uint16_t key_length;
//   opaque   mac_key[key_length];   // signs the client's requests, and ours to it
//   uint64_t timestamp;             // 48 bits of seconds since 1970, 16 bits of 1/64000 seconds
//   uint32_t lifetime;              // in seconds
//
// It is sealed with AEAD_AES_128_GCM or AEAD_AES_256_GCM; the associated data is the name of this
// server, so that a token of another one does not open here. Tokens come from strangers: any size
// and content is safe.

#include <string_view>
#include <vector>

#include "core/bytes/result.h"
#include "core/crypto/aes_gcm.h"
#include "core/net/time.h"
#include "core/relay/long_term_key.h"
#include "core/stun/attributes/access_token.h"

namespace koeru::relay {

// RFC 7635 section 7: by how much the clocks of the two servers may differ.
inline constexpr int64_t kTokenClockSkew_s = 5;

struct TokenContent {
  LongTermKey mac_key;  // of 20 bytes (HMAC-SHA1) or 32 (HMAC-SHA256)
  net::UnixTime issued;
  uint32_t lifetime_s = 0;

  // Section 9: the latest end of what is allocated with it.
  net::UnixTime end() const { return {issued.seconds + lifetime_s + kTokenClockSkew_s}; }
  // Section 7: "lifetime + Delta > abs(RDnew - TS)".
  bool CountsAt(net::UnixTime now) const;
};

// The error says why it does not open; its offset is one into the encrypted block.
Result<TokenContent> OpenAccessToken(const stun::AccessToken& token, Bytes key,
                                     std::string_view server_name);

// The encrypted block of a token, as an authorization server makes it. Empty when the key or the
// nonce has no fitting size.
std::vector<uint8_t> SealAccessToken(const TokenContent& content, Bytes nonce, Bytes key,
                                     std::string_view server_name);

}  // namespace koeru::relay
