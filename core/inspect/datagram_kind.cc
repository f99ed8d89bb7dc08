#include "core/inspect/datagram_kind.h"

#include "core/stun/first_byte.h"
#include "core/stun/message_view.h"
#include "core/turn/channel_data.h"

namespace koeru::inspect {

// RFC 8489 section 5: "the magic cookie ... allows ... to distinguish STUN packets".
bool IsStun(Bytes bytes) {
  Reader r(bytes);
  const uint8_t first = r.U8();
  r.Skip(3);
  return r.U32() == stun::kMagicCookie && r.ok() && first < 64;
}

bool IsChannelData(Bytes bytes) {
  const auto message = turn::ChannelDataView::Parse(bytes);
  return message.ok() && turn::IsChannelNumber(message->channel, turn::kMaxChannelRfc5766) &&
         bytes.size() - turn::kChannelDataHeaderSize - message->data.size() < 4;
}

std::string_view KindOf(Bytes bytes) {
  if (IsStun(bytes)) return "STUN";
  if (IsChannelData(bytes)) return "ChannelData";
  switch (stun::KindOf(bytes)) {
    case stun::PacketKind::kDtls:
      return "DTLS";
    case stun::PacketKind::kRtp:
      break;
    default:
      return "other";
  }
  const bool rtcp = bytes.size() >= 2 && bytes[1] >= 192 && bytes[1] <= 223;
  return rtcp ? "RTCP" : "RTP";
}

bool LooksLikeTls(Bytes bytes) { return bytes.size() >= 2 && bytes[0] == 22 && bytes[1] == 3; }

}  // namespace koeru::inspect
