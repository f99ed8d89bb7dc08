#include "core/rtp/header_extension.h"

namespace koeru::rtp {

HeaderExtensions::HeaderExtensions(const RtpPacket& packet)
    : reader_(packet.extension()), base_(packet.extension_offset()) {
  // Section 4.2: 0xBEDE. Section 4.3: 0x100 and four bits of the application's own.
  if (packet.extension_profile() == 0xBEDE) form_ = Form::kOneByte;
  if ((packet.extension_profile() & 0xFFF0) == 0x1000) form_ = Form::kTwoByte;
}

std::optional<HeaderExtension> HeaderExtensions::Next() {
  while (form_ != Form::kNone && reader_.remaining() > 0) {
    const uint8_t first = reader_.U8();
    if (first == 0) continue;  // padding
    uint8_t id = first;
    size_t size = 0;
    if (form_ == Form::kOneByte) {
      id = first >> 4;
      size = (first & 0x0F) + size_t{1};
      if (id == 15) break;
    } else {
      size = reader_.U8();
    }
    const size_t offset = base_ + reader_.offset();
    const Bytes data = reader_.Take(size);
    if (!reader_.ok()) break;
    // Section 4.2: an id of 0 with a length is not allowed.
    if (id != 0) return HeaderExtension{id, data, offset};
  }
  form_ = Form::kNone;
  return std::nullopt;
}

std::optional<HeaderExtension> FindExtension(const RtpPacket& packet, uint8_t id) {
  HeaderExtensions elements(packet);
  while (const std::optional<HeaderExtension> element = elements.Next()) {
    if (element->id == id) return element;
  }
  return std::nullopt;
}

}  // namespace koeru::rtp
