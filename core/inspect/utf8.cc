#include "core/inspect/utf8.h"

namespace koeru::inspect {

Utf8Char DecodeUtf8(std::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  size_t size = 0;
  uint32_t least = 0;
  if ((first & 0xE0) == 0xC0) {
    size = 2, least = 0x80;
  } else if ((first & 0xF0) == 0xE0) {
    size = 3, least = 0x800;
  } else if ((first & 0xF8) == 0xF0) {
    size = 4, least = 0x10000;
  } else {
    return {};
  }
  if (text.size() < size) return {};
  uint32_t value = first & (0x7Fu >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3F);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least || surrogate || value > 0x10FFFF) return {};
  return {value, size};
}

bool IsUnsafeToPrint(uint32_t c) {
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;
  if (c < 0x200E) return false;
  return c <= 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace koeru::inspect
