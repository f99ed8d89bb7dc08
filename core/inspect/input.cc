#include "core/inspect/input.h"

#include <utility>

#include "core/bytes/hex.h"
#include "core/capture/capture_reader.h"
#include "core/inspect/candidate_tree.h"
#include "core/inspect/packet_tree.h"
#include "core/inspect/sdp_tree.h"
#include "core/inspect/stream_messages.h"
#include "core/inspect/uri_tree.h"
#include "core/stun/attribute_type.h"
#include "core/stun/message_view.h"

namespace koeru::inspect {
namespace {

void InspectItem(Item& item, PacketInspector& packets, Inspection& result) {
  if (item.kind == ItemKind::kPacket) {
    for (Node& tree : packets.Inspect(item.bytes)) {
      result.items.push_back({item.kind, item.line, item.bytes, std::move(tree)});
    }
    return;
  }
  InspectedItem& inspected = result.items.emplace_back();
  inspected.kind = item.kind;
  inspected.line = item.line;
  if (item.kind == ItemKind::kSdp) inspected.tree = InspectSdp(item.text, item.offset);
  if (item.kind == ItemKind::kCandidate) inspected.tree = InspectCandidate(item.text, item.offset);
  if (item.kind == ItemKind::kUri) inspected.tree = InspectUri(item.text, item.offset);
}

Inspection Nothing() {
  Inspection result;
  result.error = "nothing found: it is empty";
  result.nothing_found = true;
  return result;
}

}  // namespace

std::string_view InputKindName(InputKind kind) {
  constexpr std::string_view kNames[] = {"empty", "text", "bytes", "capture"};
  return kNames[static_cast<size_t>(kind)];
}

std::string_view ItemKindName(ItemKind kind) {
  constexpr std::string_view kNames[] = {"packet", "candidate", "uri", "sdp"};
  return kNames[static_cast<size_t>(kind)];
}

std::vector<Node> PacketInspector::Inspect(Bytes packet) {
  std::vector<Bytes> messages = StreamMessages(packet);
  // One message is a packet, and what follows it is shown in its tree.
  if (messages.size() < 2) messages = {packet};
  std::vector<Node> trees;
  for (const Bytes message : messages) {
    Credentials credentials = credentials_;
    if (credentials.realm.empty()) credentials.realm = realm_;
    const auto base = static_cast<size_t>(message.data() - packet.data());
    trees.push_back(InspectPacket(message, {.credentials = credentials, .base = base}));
    const auto view = stun::MessageView::Parse(message);
    if (!view.ok()) continue;
    if (const auto realm = view->Find(stun::attribute_type::kRealm)) realm_ = AsText(realm->value);
  }
  return trees;
}

Inspection InspectText(std::string_view text, const Credentials& credentials) {
  if (text.empty()) return Nothing();
  Inspection result;
  result.kind = InputKind::kText;
  PacketInspector packets(credentials);
  TextItems items = ReadTextItems(text);
  for (Item& item : items.items) InspectItem(item, packets, result);
  result.sdp_lines = items.sdp_lines;
  result.error = std::move(items.error);
  result.nothing_found = result.error.empty() && result.items.empty();
  if (result.nothing_found) {
    result.error = "nothing found: no session description, hex, candidate or URI";
  }
  return result;
}

Inspection InspectInput(Bytes input, const Credentials& credentials) {
  if (input.empty()) return Nothing();
  Inspection result;
  if (capture::LooksLikeCapture(input)) {
    result.kind = InputKind::kCapture;
    result.capture = ListCapture(input);
  } else if (input.size() > kMaxInspectedText) {
    result.kind = InputKind::kBytes;
    result.error = "more than 1 MiB, and no capture: cut out the part of interest";
  } else if (LooksLikeText(input) || AsText(input).starts_with("v=0")) {
    return InspectText(AsText(input), credentials);
  } else {
    result.kind = InputKind::kBytes;
    for (Node& tree : PacketInspector(credentials).Inspect(input)) {
      result.items.push_back({ItemKind::kPacket, 0, {}, std::move(tree)});
    }
  }
  return result;
}

}  // namespace koeru::inspect
