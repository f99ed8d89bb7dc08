#include "core/net/prefix.h"

#include <charconv>

namespace koeru::net {
namespace {

// The first `bits` bits of both are the same.
bool SamePrefix(Bytes a, Bytes b, size_t bits) {
  const size_t whole = bits / 8;
  for (size_t i = 0; i < whole; ++i) {
    if (a[i] != b[i]) return false;
  }
  const size_t left = bits % 8;
  if (left == 0) return true;
  const auto mask = static_cast<uint8_t>(0xFF << (8 - left));
  return ((a[whole] ^ b[whole]) & mask) == 0;
}

bool HasBitsBehind(Bytes a, size_t bits) {
  for (size_t i = bits; i < a.size() * 8; ++i) {
    if (a[i / 8] & (0x80 >> (i % 8))) return true;
  }
  return false;
}

}  // namespace

Result<Prefix> Prefix::Parse(std::string_view text) {
  const size_t slash = text.find('/');
  auto address = Address::Parse(text.substr(0, slash));
  if (!address.ok()) return address.error();
  Prefix prefix{*address, static_cast<uint8_t>(address->bytes().size() * 8)};
  if (slash == std::string_view::npos) return prefix;
  const std::string_view digits = text.substr(slash + 1);
  unsigned length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (error != std::errc() || end != digits.data() + digits.size() || length > prefix.length) {
    return ParseError{"the prefix length is not a number from 0 to 32 (IPv4) or 128 (IPv6)",
                      slash + 1};
  }
  prefix.length = static_cast<uint8_t>(length);
  if (HasBitsBehind(prefix.address.bytes(), length)) {
    return ParseError{"the address has bits set behind the prefix length", 0};
  }
  return prefix;
}

bool Prefix::Contains(const Address& other) const {
  return other.family() == address.family() && SamePrefix(other.bytes(), address.bytes(), length);
}

std::string Prefix::ToString() const { return address.ToString() + "/" + std::to_string(length); }

}  // namespace koeru::net
