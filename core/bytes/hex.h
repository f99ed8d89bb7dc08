#pragma once

// Hexadecimal text <-> bytes. Decoding accepts spaces, line breaks, ':' and a leading "0x" as
// people paste them.

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru {

// Lower case, no separators: "2112a442".
std::string ToHex(Bytes bytes);

// Errors carry the offset of the offending character.
Result<std::vector<uint8_t>> FromHex(std::string_view text);

// Bytes of a text and back; views, nothing is copied.
inline Bytes AsBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}
inline std::string_view AsText(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace koeru
