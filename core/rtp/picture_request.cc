#include "core/rtp/picture_request.h"

namespace koeru::rtp {

Result<PictureLossIndication> PictureLossIndication::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  const uint32_t sender = reader.U32();
  const PictureLossIndication indication{sender, reader.U32()};
  if (!reader.AtEnd()) return ParseError{"a PLI is two SSRCs", packet.body.size()};
  return indication;
}

void PictureLossIndication::Encode(Writer& writer) const {
  writer.U32(sender_ssrc);
  writer.U32(media_ssrc);
}

Result<FullIntraRequest> FullIntraRequest::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  FullIntraRequest request;
  request.sender_ssrc = reader.U32();
  reader.U32();
  while (reader.ok() && reader.remaining() > 0) {
    const uint32_t ssrc = reader.U32();
    request.entries.push_back({ssrc, reader.U8()});
    reader.U24();
  }
  if (!reader.ok()) return ParseError{"the FIR is cut short", packet.body.size()};
  return request;
}

void FullIntraRequest::Encode(Writer& writer) const {
  writer.U32(sender_ssrc);
  writer.U32(0);
  for (const Entry& entry : entries) {
    writer.U32(entry.ssrc);
    writer.U8(entry.sequence_number);
    writer.U24(0);
  }
}

}  // namespace koeru::rtp
