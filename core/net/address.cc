#include "core/net/address.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace koeru::net {
namespace {

// Dotted decimal at the start of `text`; all of it must be used.
bool ParseV4(std::string_view text, uint8_t* out) {
  size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (at >= text.size() || text[at++] != '.')) return false;
    const size_t start = at;
    uint32_t value = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at - start < 3) {
      value = value * 10 + static_cast<uint32_t>(text[at++] - '0');
    }
    const bool leading_zero = at - start > 1 && text[start] == '0';
    if (at == start || leading_zero || value > 255) return false;
    out[part] = static_cast<uint8_t>(value);
  }
  return at == text.size();
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 4291 section 2.2: groups of 16 bits, one "::" for a run of zeros, an IPv4 tail.
Result<std::array<uint8_t, 16>> ParseV6(std::string_view text) {
  std::array<uint8_t, 16> out{};
  size_t filled = 0;
  size_t gap = SIZE_MAX;  // where "::" stood, in bytes of `out`
  size_t at = 0;
  if (text.starts_with("::")) {
    gap = 0;
    at = 2;
  }
  while (at < text.size()) {
    if (filled >= 16) return ParseError{"too many groups in an IPv6 address", at};
    const size_t start = at;
    const size_t dot = text.find('.', start);
    if (dot != std::string_view::npos && text.find(':', start) == std::string_view::npos) {
      if (filled > 12 || !ParseV4(text.substr(start), &out[filled])) {
        return ParseError{"bad IPv4 tail of an IPv6 address", start};
      }
      filled += 4;
      at = text.size();
      break;
    }
    uint32_t group = 0;
    while (at < text.size() && HexDigit(text[at]) >= 0 && at - start < 4) {
      group = (group << 4) | static_cast<uint32_t>(HexDigit(text[at++]));
    }
    if (at == start) return ParseError{"expected a group of hexadecimal digits", at};
    out[filled] = static_cast<uint8_t>(group >> 8);
    out[filled + 1] = static_cast<uint8_t>(group);
    filled += 2;
    if (at == text.size()) break;
    if (text[at] != ':') return ParseError{"unexpected character in an IPv6 address", at};
    ++at;
    if (at < text.size() && text[at] == ':') {
      if (gap != SIZE_MAX) return ParseError{"'::' may stand only once in an IPv6 address", at};
      gap = filled;
      ++at;
    } else if (at == text.size()) {
      return ParseError{"IPv6 address ends in ':'", at};
    }
  }
  if (gap == SIZE_MAX) {
    if (filled != 16) return ParseError{"too few groups in an IPv6 address", text.size()};
    return out;
  }
  if (filled > 14) return ParseError{"'::' stands for no group in an IPv6 address", text.size()};
  const auto first = out.begin() + static_cast<std::ptrdiff_t>(gap);
  const auto last = out.begin() + static_cast<std::ptrdiff_t>(filled);
  std::copy_backward(first, last, out.end());
  std::fill(first, first + static_cast<std::ptrdiff_t>(16 - filled), uint8_t{0});
  return out;
}

std::string V6ToString(Bytes bytes) {
  std::array<uint16_t, 8> groups;
  for (size_t i = 0; i < 8; ++i) {
    groups[i] = static_cast<uint16_t>((bytes[2 * i] << 8) | bytes[2 * i + 1]);
  }
  // RFC 5952 section 4.2: "::" replaces the first longest run of at least two zero groups.
  size_t best = 8, best_length = 1;
  for (size_t i = 0; i < 8; ++i) {
    size_t length = 0;
    while (i + length < 8 && groups[i + length] == 0) ++length;
    if (length > best_length) {
      best = i;
      best_length = length;
    }
  }
  // RFC 5952 section 5: ::ffff:192.0.2.1 keeps its dotted tail.
  const bool mapped = best == 0 && best_length == 5 && groups[5] == 0xFFFF;
  std::string text;
  for (size_t i = 0; i < (mapped ? 6u : 8u); ++i) {
    if (i == best) {
      text += "::";
      i += best_length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    char digits[4];
    const auto end = std::to_chars(digits, digits + 4, groups[i], 16).ptr;
    text.append(digits, end);
  }
  if (mapped) text.append(1, ':').append(Address::FromBytes(bytes.subspan(12)).ToString());
  return text;
}

}  // namespace

Address Address::FromBytes(Bytes bytes) {
  assert(bytes.size() == 4 || bytes.size() == 16);
  Address address;
  if (bytes.size() == 16) address.family_ = Family::kIpv6;
  std::copy_n(bytes.begin(), std::min<size_t>(bytes.size(), 16), address.bytes_.begin());
  return address;
}

Address Address::Any(Family family) {
  Address address;
  address.family_ = family;
  return address;
}

Result<Address> Address::Parse(std::string_view text) {
  Address address;
  if (text.find(':') == std::string_view::npos) {
    if (!ParseV4(text, address.bytes_.data())) {
      return ParseError{"not an IP address (four decimal numbers, or IPv6 groups)", 0};
    }
    return address;
  }
  auto v6 = ParseV6(text);
  if (!v6.ok()) return v6.error();
  address.family_ = Family::kIpv6;
  address.bytes_ = *v6;
  return address;
}

bool Address::IsUnspecified() const {
  return std::all_of(bytes_.begin(), bytes_.end(), [](uint8_t b) { return b == 0; });
}

bool Address::IsLoopback() const {
  if (is_v4()) return bytes_[0] == 127;
  return std::all_of(bytes_.begin(), bytes_.end() - 1, [](uint8_t b) { return b == 0; }) &&
         bytes_[15] == 1;
}

std::string Address::ToString() const {
  if (is_v6()) return V6ToString(bytes());
  std::string text;
  for (int i = 0; i < 4; ++i) {
    if (i > 0) text += '.';
    text += std::to_string(bytes_[static_cast<size_t>(i)]);
  }
  return text;
}

Result<Endpoint> Endpoint::Parse(std::string_view text) {
  std::string_view host = text;
  size_t host_at = 0;
  size_t colon = text.rfind(':');
  if (text.starts_with('[')) {
    const size_t close = text.find(']');
    if (close == std::string_view::npos) return ParseError{"missing ']' after an IPv6 address", 0};
    host = text.substr(1, close - 1);
    host_at = 1;
    colon = close + 1;
    if (host.find(':') == std::string_view::npos) {
      return ParseError{"only an IPv6 address stands in brackets", 1};
    }
  } else if (colon != std::string_view::npos) {
    host = text.substr(0, colon);
    if (host.find(':') != std::string_view::npos) {
      return ParseError{"an IPv6 address with a port is written [address]:port", 0};
    }
  }
  if (colon >= text.size() || text[colon] != ':') {
    return ParseError{"missing ':port' after the address", text.size()};
  }
  auto address = Address::Parse(host);
  if (!address.ok()) return address.ErrorShiftedBy(host_at);
  const std::string_view digits = text.substr(colon + 1);
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    return ParseError{"the port is not a number from 0 to 65535", colon + 1};
  }
  return Endpoint{*address, port};
}

std::string Endpoint::ToString() const {
  const std::string host = address.ToString();
  return (address.is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace koeru::net
