#pragma once

// Text as people paste it: session descriptions, hexadecimal in many shapes, ICE candidates, and
// stun: and turn: URIs.

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::inspect {

enum class ItemKind { kPacket, kCandidate, kUri, kSdp };

struct Item {
  ItemKind kind = ItemKind::kPacket;
  size_t line = 1;             // where it starts in the input
  size_t offset = 0;           // the same in bytes
  std::string_view text;       // of a candidate, a URI or a description: a view of the input
  std::vector<uint8_t> bytes;  // of a packet
};

struct TextItems {
  std::vector<Item> items;
  size_t sdp_lines = 0;  // lines of an SDP between other items, left out
  std::string error;     // with line, column and remedy; empty when fine
};

// A text that begins with a line of an SDP that is no candidate ("v=0", "a=mid:0"), or consists of
// such lines and candidates, is one item. Otherwise lines that are candidates or URIs are items; so
// is each block of hex digits between empty lines, which may have offsets in front ("0000:",
// "00000010  ") and, as hexdump writes it, text behind.
TextItems ReadTextItems(std::string_view text);

bool LooksLikeSdp(std::string_view text);

// True for printable text without NUL: what else is bytes.
bool LooksLikeText(Bytes bytes);

}  // namespace koeru::inspect
