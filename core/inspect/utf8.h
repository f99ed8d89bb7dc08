#pragma once

// UTF-8 one character at a time (RFC 3629), for printers that must be safe with any bytes.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace koeru::inspect {

struct Utf8Char {
  uint32_t code_point = 0;
  size_t size = 0;  // bytes; 0 when no valid character stands there
};

// The character at the start of a text that is not empty. Overlong forms, surrogates and what lies
// above U+10FFFF are invalid (RFC 3629 section 3).
Utf8Char DecodeUtf8(std::string_view text);

// True for what must not reach a terminal as it is: C0, DEL, C1, and the marks that change the
// direction or the order of text (U+200E, U+200F, U+202A-U+202E, U+2066-U+2069), line and paragraph
// separators, U+FEFF.
bool IsUnsafeToPrint(uint32_t code_point);

}  // namespace koeru::inspect
