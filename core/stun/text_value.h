#pragma once

// Text in attributes: UTF-8, unpadded, with the greatest length that its RFC allows.
//
// Decoding checks the length alone and hands out the bytes as a view: what is done with invalid
// UTF-8, control bytes or quotes is the reader's business. Encoding
// makes the writer fail on text that is too long for a sender.

#include <string_view>

#include "core/bytes/hex.h"
#include "core/bytes/result.h"
#include "core/bytes/writer.h"

namespace koeru::stun {

struct TextLimit {
  size_t decoded_bytes;  // what a receiver takes
  size_t encoded_bytes;  // what a sender may send
  size_t characters = SIZE_MAX;
};

// RFC 8489 section 14.3: USERNAME is "a UTF-8-encoded sequence of fewer than 509 bytes".
inline constexpr TextLimit kUsernameLimit{508, 508};
// RFC 8489 sections 14.8, 14.9, 14.10 and 14.14: ERROR-CODE's reason, REALM, NONCE and SOFTWARE
// have "fewer than 128 characters (which can be as long as 509 bytes when encoding them and as
// long as 763 bytes when decoding them)".
inline constexpr TextLimit kQuotedLimit{763, 509, 127};

// Characters of UTF-8 text; each byte that does not continue another counts.
size_t CountCharacters(std::string_view text);

void EncodeText(Writer& w, std::string_view text, const TextLimit& limit);

// For a struct A whose only member is the text.
template <typename A>
Result<A> DecodeTextAs(Bytes value, const TextLimit& limit, std::string_view too_long) {
  if (value.size() > limit.decoded_bytes) return ParseError{too_long, limit.decoded_bytes};
  return A{AsText(value)};
}

}  // namespace koeru::stun
