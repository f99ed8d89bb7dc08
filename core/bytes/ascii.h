#pragma once

// ASCII letters without a locale.

#include <algorithm>
#include <string_view>

namespace koeru {

constexpr char ToUpperAscii(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

constexpr bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ToUpperAscii(x) == ToUpperAscii(y); });
}

}  // namespace koeru
