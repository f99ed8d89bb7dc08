#pragma once

// Numbers <-> text, without iostream and locale.
//
//   ToHexNumber(0x4000, 4)      == "0x4000"
//   ParseNumber<uint16_t>("0x4000"), ParseNumber<uint16_t>("16384")

#include <charconv>
#include <concepts>
#include <cstdint>
#include <limits>
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

// Decimal, or hexadecimal behind "0x"; all of `text` must be the number, which is `max` at most.
Result<uint64_t> ParseNumberUpTo(std::string_view text, uint64_t max);

// ... as much as a T holds.
template <std::unsigned_integral T>
Result<T> ParseNumber(std::string_view text) {
  const Result<uint64_t> number = ParseNumberUpTo(text, std::numeric_limits<T>::max());
  if (!number.ok()) return number.error();
  return static_cast<T>(*number);
}

}  // namespace koeru
