#pragma once

// Numbers <-> text, without iostream and locale.
//
//   ToHexNumber(0x4000, 4)      == "0x4000"
//   ParseNumber<uint16_t>("0x4000"), ParseNumber<uint16_t>("16384")

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes/ascii.h"
#include "core/bytes/result.h"

namespace koeru {

// "0x" and at least `digits` upper-case digits.
inline std::string ToHexNumber(uint64_t value, size_t digits) {
  char buffer[16];
  const char* const end = std::to_chars(buffer, buffer + sizeof(buffer), value, 16).ptr;
  std::string text = "0x";
  const auto size = static_cast<size_t>(end - buffer);
  if (size < digits) text.append(digits - size, '0');
  for (const char* c = buffer; c != end; ++c) text += ToUpperAscii(*c);
  return text;
}

// Decimal, or hexadecimal behind "0x"; all of `text` must be the number.
template <std::unsigned_integral T>
Result<T> ParseNumber(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = hex ? text.substr(2) : text;
  T value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  if (error == std::errc::result_out_of_range) return ParseError{"the number is too large", 0};
  if (error != std::errc() || end != digits.data() + digits.size()) {
    return ParseError{"not a number", 0};
  }
  return value;
}

}  // namespace koeru
