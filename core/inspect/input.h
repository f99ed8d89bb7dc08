#pragma once

// Any input, whatever it is: finds that out, and gives the trees.
//
//   const Inspection result = InspectInput(bytes, {});
//   result.kind;                    // InputKind::kSdp
//   result.items[0].tree;
//
//   capture file      packets: core/inspect/capture_list.h; no trees
//   printable text    items: text_items.h tells what they are
//   other bytes       one packet, or the messages of a stream (stream_messages.h)
//
// Nothing that can be read is an error, too: `error` says what is wrong, where, and what would be
// right. Ranges of trees count in the input for text, and in the item's own bytes for hexadecimal.

#include <string>
#include <vector>

#include "core/inspect/capture_list.h"
#include "core/inspect/integrity_check.h"
#include "core/inspect/text_items.h"
#include "core/inspect/tree.h"

namespace koeru::inspect {

enum class InputKind : uint8_t { kEmpty, kText, kBytes, kCapture };

// "empty", "text", "bytes", "capture".
std::string_view InputKindName(InputKind kind);
// "packet", "candidate", "uri", "sdp".
std::string_view ItemKindName(ItemKind kind);

struct InspectedItem {
  ItemKind kind = ItemKind::kPacket;
  size_t line = 0;             // of the text; 0 where there are no lines
  std::vector<uint8_t> bytes;  // of a packet that was written in hexadecimal
  Node tree;
};

struct Inspection {
  InputKind kind = InputKind::kEmpty;
  std::vector<InspectedItem> items;
  size_t sdp_lines = 0;  // lines of an SDP between other items, left out
  CaptureList capture;
  std::string error;
  bool nothing_found = false;  // that is the error
};

// More text than this is no SDP and no packet; captures have no limit here.
inline constexpr size_t kMaxInspectedText = size_t{1} << 20;

Inspection InspectInput(Bytes input, const Credentials& credentials);
// The same of what is known to be text.
Inspection InspectText(std::string_view text, const Credentials& credentials);

// The trees of a packet, or of each message of a stream, with the realm that earlier ones named: a
// server's answers have none, and the long-term key needs it.
class PacketInspector {
 public:
  // What `credentials` refers to must outlive this.
  explicit PacketInspector(const Credentials& credentials) : credentials_(credentials) {}

  std::vector<Node> Inspect(Bytes packet);

 private:
  Credentials credentials_;
  std::string realm_;
};

}  // namespace koeru::inspect
