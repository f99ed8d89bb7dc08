#include "core/rtp/rtp_packet.h"

namespace koeru::rtp {

Result<RtpPacket> RtpPacket::Parse(Bytes bytes) {
  Reader reader(bytes);
  const uint8_t first = reader.U8();
  reader.Skip(kHeaderSize - 1);
  if (!reader.ok()) return ParseError{"an RTP packet has 12 bytes at least", bytes.size()};
  if (first >> 6 != 2) return ParseError{"the RTP version is not 2", 0};
  RtpPacket packet(bytes);
  reader.Skip(4 * packet.csrc_count());
  if (!reader.ok()) return ParseError{"the CSRC list is cut short", bytes.size()};
  if ((first & 0x10) != 0) {
    packet.extension_profile_ = reader.U16();
    const size_t words = reader.U16();
    packet.extension_offset_ = reader.offset();
    packet.extension_ = reader.Take(4 * words);
    if (!reader.ok()) return ParseError{"the header extension is cut short", bytes.size()};
  }
  const Bytes rest = reader.Rest();
  if ((first & 0x20) != 0) {
    // Section 5.1: "the last octet of the padding contains a count of how many padding octets
    // should be ignored, including itself".
    packet.padding_size_ = rest.empty() ? 0 : rest.back();
    if (packet.padding_size_ == 0 || packet.padding_size_ > rest.size()) {
      return ParseError{"the padding is longer than the payload", bytes.size()};
    }
  }
  packet.payload_ = rest.first(rest.size() - packet.padding_size_);
  return packet;
}

void SetPayloadType(MutableBytes packet, uint8_t payload_type) {
  packet[1] = static_cast<uint8_t>((packet[1] & 0x80) | (payload_type & 0x7F));
}

void SetSequenceNumber(MutableBytes packet, uint16_t sequence_number) {
  Writer(packet.subspan(2, 2)).U16(sequence_number);
}

void SetTimestamp(MutableBytes packet, uint32_t timestamp) {
  Writer(packet.subspan(4, 4)).U32(timestamp);
}

void SetSsrc(MutableBytes packet, uint32_t ssrc) { Writer(packet.subspan(8, 4)).U32(ssrc); }

void ClearPaddingBit(MutableBytes packet) { packet[0] = static_cast<uint8_t>(packet[0] & ~0x20); }

}  // namespace koeru::rtp
