#include "core/crypto/base64.h"

#include <mbedtls/base64.h>

#include <algorithm>

namespace koeru::crypto {

std::string ToBase64(Bytes bytes) {
  // mbedTLS also writes a terminating zero.
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  size_t size = 0;
  mbedtls_base64_encode(reinterpret_cast<unsigned char*>(text.data()), text.size(), &size,
                        bytes.data(), bytes.size());
  text.resize(size);
  return text;
}

Result<std::vector<uint8_t>> FromBase64(std::string_view text) {
  std::vector<uint8_t> bytes(text.size() / 4 * 3 + 3);
  size_t size = 0;
  if (mbedtls_base64_decode(bytes.data(), bytes.size(), &size,
                            reinterpret_cast<const unsigned char*>(text.data()),
                            text.size()) != 0) {
    return ParseError{"not base64", 0};
  }
  bytes.resize(size);
  // mbedTLS skips line breaks and takes stray bits behind the last byte. RFC 4648 section 3.5: one
  // text per value, so that nobody can smuggle a second spelling of a token.
  if (ToBase64(bytes) != text) return ParseError{"base64 with line breaks or stray bits", 0};
  return bytes;
}

std::string ToBase64Url(Bytes bytes) {
  std::string text = ToBase64(bytes);
  while (text.ends_with('=')) text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

Result<std::vector<uint8_t>> FromBase64Url(std::string_view text) {
  const size_t foreign = text.find_first_of("+/=");
  if (foreign != std::string_view::npos) return ParseError{"not base64url", foreign};
  std::string usual(text);
  std::replace(usual.begin(), usual.end(), '-', '+');
  std::replace(usual.begin(), usual.end(), '_', '/');
  while (usual.size() % 4 != 0) usual += '=';
  return FromBase64(usual);
}

}  // namespace koeru::crypto
