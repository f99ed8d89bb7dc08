#pragma once

// Base64 with padding (RFC 4648 section 4), for TURN credentials and tokens. Decoding takes exactly
// what encoding gives: no line breaks, no missing padding.
//
// Base64url without padding (RFC 4648 section 5, RFC 7515 section 2) is that of web tokens.

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru::crypto {

std::string ToBase64(Bytes bytes);
Result<std::vector<uint8_t>> FromBase64(std::string_view text);

std::string ToBase64Url(Bytes bytes);
Result<std::vector<uint8_t>> FromBase64Url(std::string_view text);

}  // namespace koeru::crypto
