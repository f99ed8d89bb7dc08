// Packets whose headers are right and whose rest may be anything, for media_door_fuzzer.cc.
#pragma once

#include <array>
#include <vector>

#include "core/bytes/writer.h"

namespace koeru::server {

using Packet = std::vector<uint8_t>;

// RFC 8489 section 5: any class, method and attributes, with the ID of a session's transaction.
inline Packet StunPacket(uint16_t type, uint32_t session, Bytes body) {
  body = body.first(body.size() / 4 * 4);
  Packet packet(20 + body.size());
  Writer writer(packet);
  writer.U16(type);
  writer.U16(static_cast<uint16_t>(body.size()));
  writer.U32(0x2112A442);
  writer.U8(0);
  writer.U32(session);
  writer.Zeros(7);
  writer.Put(body);
  return packet;
}

// RFC 6347 section 4.1.
inline Packet DtlsRecord(uint8_t type, uint16_t epoch, uint16_t number, Bytes content) {
  Packet packet(13 + content.size());
  Writer writer(packet);
  writer.U8(type);
  writer.U16(0xFEFD);
  writer.U16(epoch);
  writer.Zeros(4);
  writer.U16(number);
  writer.U16(static_cast<uint16_t>(content.size()));
  writer.Put(content);
  return packet;
}

// RFC 3550 section 5.1. `shape`: two bits for the source, one each for RTX, no extension, a large
// packet, audio, padding, CSRCs.
inline Packet RtpPacketOf(uint8_t shape, uint16_t number, uint16_t transport_number,
                          Bytes payload) {
  const bool is_audio = (shape & 0x20) != 0, is_rtx = (shape & 4) != 0;
  const bool is_padded = (shape & 0x40) != 0, has_sources = (shape & 0x80) != 0;
  const bool is_extended = (shape & 8) == 0;
  std::array<uint8_t, 2048> buffer;
  Writer writer(buffer);
  writer.U8(static_cast<uint8_t>(0x80 | (is_padded ? 0x20 : 0) | (is_extended ? 0x10 : 0) |
                                 (has_sources ? 2 : 0)));
  writer.U8(static_cast<uint8_t>((is_audio ? 111 : 96) + (is_rtx ? 1 : 0)));
  writer.U16(number);
  writer.U32(number * 90u);
  writer.U32(0x1000u + (shape & 3) + (is_audio ? 8u : 0u) + (is_rtx ? 4u : 0u));
  if (has_sources) writer.Zeros(8);
  if (is_extended) {
    writer.U32(0xBEDE0002);
    writer.U8(0x31);
    writer.U16(transport_number);
    writer.U8(0x40);
    writer.U8(is_audio ? '0' : '1');
    writer.Zeros(3);
  }
  writer.Put(payload);
  writer.Zeros((shape & 0x10) != 0 ? 1000 : 2);
  if (is_padded) writer.U8(static_cast<uint8_t>(number));
  return {writer.written().begin(), writer.written().end()};
}

// Section 6.4. `kind`: five bits of count or format, three of the type from 200 on.
inline Packet RtcpPacketOf(uint8_t kind, uint32_t sender, uint32_t media, Bytes body) {
  body = body.first(body.size() / 4 * 4);
  Packet packet(12 + body.size());
  Writer writer(packet);
  writer.U8(static_cast<uint8_t>(0x80 | (kind & 0x1F)));
  writer.U8(static_cast<uint8_t>(200 + (kind >> 5)));
  writer.U16(static_cast<uint16_t>(2 + body.size() / 4));
  writer.U32(sender);
  writer.U32(media);
  writer.Put(body);
  return packet;
}

}  // namespace koeru::server
