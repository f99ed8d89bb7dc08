#include "core/media/retransmission.h"

#include <algorithm>

namespace koeru::media {
namespace {

constexpr size_t kOsnSize = 2;

// Headers are what stands in front of the payload.
size_t HeadersOf(const rtp::RtpPacket& packet) {
  return packet.bytes().size() - packet.padding_size() - packet.payload().size();
}

}  // namespace

std::optional<uint16_t> OriginalSequenceNumber(const rtp::RtpPacket& rtx) {
  if (rtx.payload().size() < kOsnSize) return std::nullopt;
  return Reader(rtx.payload()).U16();
}

size_t RestoreOriginal(MutableBytes packet, const rtp::RtpPacket& rtx, uint8_t payload_type,
                       uint32_t ssrc) {
  const size_t headers = HeadersOf(rtx);
  const MutableBytes payload = packet.subspan(headers, rtx.payload().size());
  rtp::SetSequenceNumber(packet, Reader(payload).U16());
  rtp::SetPayloadType(packet, payload_type);
  rtp::SetSsrc(packet, ssrc);
  rtp::ClearPaddingBit(packet);
  std::copy(payload.begin() + kOsnSize, payload.end(), payload.begin());
  return headers + payload.size() - kOsnSize;
}

size_t WriteRtx(Bytes original, const RtxHeader& header, MutableBytes buffer) {
  const auto packet = rtp::RtpPacket::Parse(original);
  if (!packet.ok()) return 0;
  Writer writer(buffer);
  writer.Put(original.first(HeadersOf(*packet)));
  writer.U16(packet->sequence_number());
  writer.Put(packet->payload());
  if (!writer.ok()) return 0;
  rtp::ClearPaddingBit(buffer);
  rtp::SetPayloadType(buffer, header.payload_type);
  rtp::SetSequenceNumber(buffer, header.sequence_number);
  rtp::SetSsrc(buffer, header.ssrc);
  return writer.size();
}

}  // namespace koeru::media
