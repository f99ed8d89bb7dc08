#include "core/inspect/packet_tree.h"

#include "core/inspect/channel_data_tree.h"
#include "core/inspect/dtls_tree.h"
#include "core/inspect/rtp_tree.h"
#include "core/inspect/stun_tree.h"
#include "core/stun/first_byte.h"
#include "core/stun/message_view.h"

namespace koeru::inspect {
namespace {

Node InspectUnknown(Bytes packet, size_t base) {
  Node node("unknown bytes", base, packet.size(), HexPreview(packet), "RFC 7983 §7");
  if (packet.empty()) {
    node.Say(Severity::kError, "the packet is empty");
  } else if (stun::KindOf(packet) == stun::PacketKind::kZrtp) {
    node.label = "ZRTP packet";
  } else {
    node.Say(Severity::kNote, "the first byte belongs to none of STUN, ChannelData, DTLS, RTP");
  }
  return node;
}

}  // namespace

Node InspectPacket(Bytes packet, const InspectOptions& options) {
  // RFC 7983 section 7 has STUN at 0 to 3; methods above 0x7F reach up to 63, and the magic cookie
  // tells (RFC 8489 section 5).
  const bool has_cookie = packet.size() >= 8 && packet[0] < 64 && packet[4] == 0x21 &&
                          packet[5] == 0x12 && packet[6] == 0xA4 && packet[7] == 0x42;
  if (has_cookie) return InspectStun(packet, options);
  switch (stun::KindOf(packet)) {
    case stun::PacketKind::kStun: return InspectStun(packet, options);
    case stun::PacketKind::kDtls: return InspectDtls(packet, options.base);
    case stun::PacketKind::kTurnChannel: return InspectChannelData(packet, options);
    case stun::PacketKind::kRtp: return InspectRtp(packet, options.base);
    case stun::PacketKind::kZrtp:
    case stun::PacketKind::kUnknown: break;
  }
  // RFC 8656 section 12 ends channel numbers at 0x4FFF, RFC 5766 at 0x7FFE.
  if (!packet.empty() && packet[0] >= 64 && packet[0] <= 127) {
    return InspectChannelData(packet, options);
  }
  return InspectUnknown(packet, options.base);
}

void AddPayload(Node& parent, Bytes payload, const InspectOptions& options) {
  if (payload.empty()) return;
  if (options.depth + 1 >= kMaxDepth) {
    parent.Say(Severity::kNote, "nested too deeply: what is inside is not shown");
    return;
  }
  InspectOptions inner = options;
  ++inner.depth;
  Node child = InspectPacket(payload, inner);
  // A payload is anybody's: show a guess only when it reads well from start to end.
  if (child.label == "unknown bytes" || HasRemark(child, Severity::kError)) return;
  parent.Add(std::move(child));
}

}  // namespace koeru::inspect
