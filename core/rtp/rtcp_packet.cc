#include "core/rtp/rtcp_packet.h"

namespace koeru::rtp {

std::optional<RtcpPacket> RtcpPackets::Next() {
  if (!ok_ || reader_.remaining() == 0) return std::nullopt;
  const uint8_t first = reader_.U8();
  const uint8_t type = reader_.U8();
  const size_t size = size_t{4} * reader_.U16();
  Bytes body = reader_.Take(size);
  ok_ = reader_.ok() && first >> 6 == 2;
  if (!ok_) return std::nullopt;
  if ((first & 0x20) != 0) {
    // RFC 3550 section 6.4.1: the padding counts itself, "a multiple of four"; but browsers fill up
    // transport feedback with one to three bytes.
    const size_t padding = body.empty() ? 0 : body.back();
    ok_ = padding > 0 && padding <= body.size();
    if (!ok_) return std::nullopt;
    body = body.first(body.size() - padding);
  }
  return RtcpPacket{static_cast<RtcpType>(type), static_cast<uint8_t>(first & 0x1F), body};
}

RtcpHeader::RtcpHeader(Writer& writer, RtcpType type, uint8_t format)
    : writer_(writer), at_(writer.size()) {
  if (format > 31) writer.Fail();
  writer.U8(static_cast<uint8_t>(0x80 | format));
  writer.U8(static_cast<uint8_t>(type));
  writer.U16(0);
}

RtcpHeader::~RtcpHeader() {
  if (!writer_.ok()) return;
  const size_t words = (writer_.size() - at_) / 4 - 1;
  if ((writer_.size() - at_) % 4 != 0 || words > 0xFFFF) {
    writer_.Fail();
  } else {
    writer_.PatchU16(at_ + 2, static_cast<uint16_t>(words));
  }
}

}  // namespace koeru::rtp
