#pragma once

// Text as people paste it: hexadecimal in many shapes, ICE candidates (alone or within an SDP), and
// stun: and turn: URIs.

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::tools {

enum class ItemKind { kPacket, kCandidate, kUri };

struct Item {
  ItemKind kind = ItemKind::kPacket;
  size_t line = 1;             // where it starts in the input
  std::string text;            // of a candidate or URI
  std::vector<uint8_t> bytes;  // of a packet
};

struct TextItems {
  std::vector<Item> items;
  size_t sdp_lines = 0;  // other lines of an SDP, left out
  std::string error;     // with line, column and remedy; empty when fine
};

// Lines that are candidates or URIs are items; so is each block of hex digits between empty lines,
// which may have offsets in front ("0000:", "00000010  ") and, as hexdump writes it, text behind.
TextItems ReadTextItems(std::string_view text);

// True for printable text without NUL: what else is bytes.
bool LooksLikeText(Bytes bytes);

}  // namespace koeru::tools
