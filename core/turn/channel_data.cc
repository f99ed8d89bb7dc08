#include "core/turn/channel_data.h"

#include <cassert>

namespace koeru::turn {

Result<ChannelDataView> ChannelDataView::Parse(Bytes datagram) {
  Reader r(datagram);
  ChannelDataView view;
  view.channel = r.U16();
  const size_t size = r.U16();
  if (!r.ok()) return ParseError{"shorter than a ChannelData header (4 bytes)", 0};
  if ((view.channel & 0xC000) != 0x4000) {
    return ParseError{"the first two bits of ChannelData are 01", 0};
  }
  view.data = r.Take(size);
  if (!r.ok()) return ParseError{"the length of ChannelData runs past the end", 2};
  return view;
}

void WriteChannelDataHeader(std::span<uint8_t, kChannelDataHeaderSize> header, uint16_t channel,
                            size_t size) {
  assert(size <= kMaxChannelDataSize);
  header[0] = static_cast<uint8_t>(channel >> 8);
  header[1] = static_cast<uint8_t>(channel);
  header[2] = static_cast<uint8_t>(size >> 8);
  header[3] = static_cast<uint8_t>(size);
}

void WriteChannelData(Writer& w, uint16_t channel, Bytes data, Padding padding) {
  if ((channel & 0xC000) != 0x4000 || data.size() > kMaxChannelDataSize) {
    w.Fail();
    return;
  }
  w.U16(channel);
  w.U16(static_cast<uint16_t>(data.size()));
  w.Put(data);
  if (padding == Padding::kToFourBytes) w.Zeros(PaddingOf(data.size()));
}

}  // namespace koeru::turn
