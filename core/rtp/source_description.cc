#include "core/rtp/source_description.h"

#include "core/bytes/hex.h"

namespace koeru::rtp {
namespace {

constexpr uint8_t kEnd = 0;
constexpr uint8_t kCname = 1;

}  // namespace

Result<SourceDescription> SourceDescription::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  SourceDescription description;
  description.ssrc = reader.U32();
  while (reader.ok() && packet.format > 0) {
    const uint8_t item = reader.U8();
    if (item == kEnd) break;
    const Bytes text = reader.Take(reader.U8());
    if (item == kCname && reader.ok()) description.cname = AsText(text);
  }
  if (!reader.ok()) return ParseError{"the source description is cut short", packet.body.size()};
  return description;
}

void SourceDescription::Encode(Writer& writer) const {
  if (cname.size() > 255) writer.Fail();
  writer.U32(ssrc);
  writer.U8(kCname);
  writer.U8(static_cast<uint8_t>(cname.size()));
  writer.Put(cname);
  // Section 6.5: "the list of items in each chunk MUST be terminated by one or more null octets",
  // up to the next 32-bit boundary; one at least.
  writer.U8(kEnd);
  writer.PadTo(4);
}

Result<Bye> Bye::Decode(const RtcpPacket& packet) {
  Reader reader(packet.body);
  Bye bye;
  for (int i = 0; i < packet.format; ++i) bye.ssrcs.push_back(reader.U32());
  if (!reader.ok()) return ParseError{"BYE is shorter than its count of sources", 0};
  return bye;
}

void Bye::Encode(Writer& writer) const {
  for (const uint32_t ssrc : ssrcs) writer.U32(ssrc);
}

}  // namespace koeru::rtp
