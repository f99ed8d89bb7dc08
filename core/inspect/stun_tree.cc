#include "core/inspect/stun_tree.h"

#include "core/bytes/hex.h"
#include "core/bytes/number.h"
#include "core/inspect/stun_attribute_tree.h"
#include "core/stun/message_view.h"
#include "core/stun/method_table.h"

namespace koeru::inspect {
namespace {

// RFC 8489 section 5: 20 bytes, of which as many are shown as there are.
void AddHeader(Node& tree, Bytes bytes, size_t base) {
  Reader r(bytes);
  const uint16_t type = r.U16();
  if (!r.ok()) return;
  std::string text = ToHexNumber(type, 4);
  text += ' ';
  text += stun::DescribeType(stun::MessageType::FromWire(type));
  tree.Add({"message type", base, 2, std::move(text)});
  const uint16_t length = r.U16();
  if (!r.ok()) return;
  tree.Add({"message length", base + 2, 2, std::to_string(length)});
  const uint32_t cookie = r.U32();
  if (!r.ok()) return;
  tree.Add({"magic cookie", base + 4, 4, ToHexNumber(cookie, 8)});
  const Bytes id = r.Take(12);
  if (!r.ok()) return;
  tree.Add({"transaction ID", base + 8, 12, ToHex(id)});
}

}  // namespace

Node InspectStun(Bytes bytes, const InspectOptions& options) {
  const size_t base = options.base;
  Node tree("STUN message", base, bytes.size(), {}, "RFC 8489 §5");
  const auto message = stun::MessageView::Parse(bytes);
  AddHeader(tree, bytes, base);
  if (bytes.size() >= 2) {
    const auto type =
        stun::MessageType::FromWire(static_cast<uint16_t>((bytes[0] << 8) | bytes[1]));
    tree.value = stun::DescribeType(type);
    if (const stun::MethodRow* row = stun::FindMethod(type.method)) tree.section = row->section;
  }
  if (!message.ok()) AddError(tree, message.error(), base);
  if (bytes.size() >= stun::kHeaderSize) {
    AddAttributes(tree, bytes, message.ok() ? &*message : nullptr, options);
  }
  return tree;
}

}  // namespace koeru::inspect
