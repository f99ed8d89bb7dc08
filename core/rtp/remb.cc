#include "core/rtp/remb.h"

namespace koeru::rtp {
namespace {

constexpr uint32_t kName = 0x52454D42;  // "REMB"
constexpr uint32_t kMostMantissa = (1u << 18) - 1;
constexpr int kMostExponent = 63;

}  // namespace

Result<Remb> Remb::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  Remb remb;
  remb.sender_ssrc = reader.U32();
  reader.U32();
  if (reader.U32() != kName) return ParseError{"feedback of an application that is not REMB", 8};
  const uint8_t count = reader.U8();
  const uint32_t rate = reader.U24();
  const int exponent = static_cast<int>(rate >> 18);
  const uint64_t mantissa = rate & kMostMantissa;
  if (mantissa != 0 && exponent > kMostExponent - 18) {
    return ParseError{"the bitrate of the REMB does not fit in 64 bits", 13};
  }
  remb.bitrate = mantissa == 0 ? 0 : mantissa << exponent;
  for (int i = 0; i < count; ++i) remb.ssrcs.push_back(reader.U32());
  if (!reader.AtEnd()) return ParseError{"the REMB is not as long as its count of SSRCs", 12};
  return remb;
}

void Remb::Encode(Writer& writer) const {
  if (ssrcs.size() > 255) writer.Fail();
  uint32_t exponent = 0;
  uint64_t mantissa = bitrate;
  while (mantissa > kMostMantissa) {
    mantissa >>= 1;
    ++exponent;
  }
  writer.U32(sender_ssrc);
  writer.U32(0);
  writer.U32(kName);
  writer.U8(static_cast<uint8_t>(ssrcs.size()));
  writer.U24(exponent << 18 | static_cast<uint32_t>(mantissa));
  for (const uint32_t ssrc : ssrcs) writer.U32(ssrc);
}

}  // namespace koeru::rtp
