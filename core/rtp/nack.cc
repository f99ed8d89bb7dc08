#include "core/rtp/nack.h"

namespace koeru::rtp {

Result<Nack> Nack::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  Nack nack;
  nack.sender_ssrc = reader.U32();
  nack.media_ssrc = reader.U32();
  while (reader.ok() && reader.remaining() > 0) {
    const uint16_t first = reader.U16();
    const uint16_t others = reader.U16();
    if (!reader.ok()) break;
    nack.sequence_numbers.push_back(first);
    for (int i = 0; i < 16; ++i) {
      if ((others >> i & 1) != 0) {
        nack.sequence_numbers.push_back(static_cast<uint16_t>(first + i + 1));
      }
    }
  }
  if (!reader.ok()) return ParseError{"the NACK is cut short", packet.body.size()};
  return nack;
}

void Nack::Encode(Writer& writer) const {
  writer.U32(sender_ssrc);
  writer.U32(media_ssrc);
  for (size_t i = 0; i < sequence_numbers.size();) {
    const uint16_t first = sequence_numbers[i++];
    uint16_t others = 0;
    while (i < sequence_numbers.size()) {
      const auto distance = static_cast<uint16_t>(sequence_numbers[i] - first);
      if (distance == 0 || distance > 16) break;
      others = static_cast<uint16_t>(others | 1u << (distance - 1));
      ++i;
    }
    writer.U16(first);
    writer.U16(others);
  }
}

}  // namespace koeru::rtp
