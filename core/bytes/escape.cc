#include "core/bytes/escape.h"

#include <cstdint>

#include "core/bytes/hex.h"

namespace koeru {
namespace {

// A character of valid UTF-8 with its size.
struct Character {
  uint32_t code_point = 0;
  size_t size = 0;  // 0: not valid UTF-8
};

// RFC 3629 section 4, with the ranges that its grammar gives for the second byte.
Character DecodeUtf8(std::string_view text) {
  if (text.empty()) return {};
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  size_t size = 0;
  if (lead >= 0xC2 && lead <= 0xDF) size = 2;
  if (lead >= 0xE0 && lead <= 0xEF) size = 3;
  if (lead >= 0xF0 && lead <= 0xF4) size = 4;
  if (size == 0 || text.size() < size) return {};
  uint32_t code_point = lead & (0xFFu >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code_point = (code_point << 6) | (byte(i) & 0x3Fu);
  }
  const bool overlong = (size == 3 && code_point < 0x800) || (size == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (overlong || surrogate || code_point > 0x10FFFF) return {};
  return {code_point, size};
}

bool IsUnsafe(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) ||  // C0, DEL and C1 controls
         c == 0x200E || c == 0x200F ||            // left-to-right and right-to-left marks
         (c >= 0x2028 && c <= 0x202E) ||          // separators, embeddings and overrides
         (c >= 0x2066 && c <= 0x2069) ||          // isolates
         c == 0x061C || c == 0xFEFF;              // Arabic letter mark, byte order mark
}

}  // namespace

size_t Utf8CharacterSize(std::string_view text) { return DecodeUtf8(text).size; }

bool IsValidUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t size = Utf8CharacterSize(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string Escape(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const Character c = DecodeUtf8(bytes);
    if (c.code_point == '\\') {
      text += "\\\\";
    } else if (c.size > 0 && !IsUnsafe(c.code_point)) {
      text += bytes.substr(0, c.size);
    } else {
      for (char byte : bytes.substr(0, c.size > 0 ? c.size : 1)) {
        text += "\\x" + ToHex(AsBytes({&byte, 1}));
      }
    }
    bytes.remove_prefix(c.size > 0 ? c.size : 1);
  }
  return text;
}

Result<std::string> Unescape(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      bytes += text[i];
      continue;
    }
    const std::string_view rest = text.substr(i + 1);
    if (rest.starts_with('\\')) {
      bytes += '\\';
      ++i;
      continue;
    }
    if (rest.starts_with('x') && rest.size() >= 3) {
      const auto byte = FromHex(rest.substr(1, 2));
      if (byte.ok() && byte->size() == 1) {
        bytes += static_cast<char>((*byte)[0]);
        i += 3;
        continue;
      }
    }
    return ParseError{"a backslash is followed by neither '\\' nor x and two hexadecimal digits",
                      i};
  }
  return bytes;
}

}  // namespace koeru
