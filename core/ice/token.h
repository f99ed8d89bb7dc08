#pragma once

// Characters and numbers of the SDP grammar (RFC 5234 appendix B, RFC 8866 section 9).

#include <cstdint>
#include <string_view>

#include "core/bytes/result.h"

namespace koeru::ice {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool IsAlphaNumeric(char c) { return IsDigit(c) || IsAlpha(c); }
// RFC 5234: VCHAR, a visible ASCII character.
constexpr bool IsVchar(char c) { return c > 0x20 && c < 0x7F; }
// RFC 8839 section 5.1: ice-char.
constexpr bool IsIceChar(char c) { return IsAlphaNumeric(c) || c == '+' || c == '/'; }
// RFC 8866 section 9: token-char.
constexpr bool IsTokenChar(char c) {
  return c == '!' || (c >= '#' && c <= '\'') || c == '*' || c == '+' || c == '-' || c == '.' ||
         IsDigit(c) || (c >= 'A' && c <= 'Z') || (c >= '^' && c <= '~');
}

constexpr char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (ToLower(a[i]) != ToLower(b[i])) return false;
  }
  return true;
}
constexpr bool EndsWithIgnoringCase(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         EqualsIgnoringCase(text.substr(text.size() - end.size()), end);
}

// A decimal number without sign and leading zeros, so that it prints back as it was written. The
// caller names the error, which is placed at the first bad character.
inline Result<uint32_t> ParseNumber(std::string_view text, uint32_t low, uint32_t high,
                                    std::string_view reason) {
  uint64_t value = 0;
  if (text.empty()) return ParseError{reason, 0};
  for (size_t i = 0; i < text.size(); ++i) {
    if (!IsDigit(text[i]) || i >= 10) return ParseError{reason, i};
    value = value * 10 + static_cast<uint64_t>(text[i] - '0');
  }
  if (text.size() > 1 && text[0] == '0') {
    return ParseError{"a number with leading zeros: write it without them", 0};
  }
  if (value < low || value > high) return ParseError{reason, 0};
  return static_cast<uint32_t>(value);
}

}  // namespace koeru::ice
