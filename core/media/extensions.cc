#include "core/media/extensions.h"

#include <algorithm>

#include "core/bytes/hex.h"

namespace koeru::media {
namespace {

constexpr std::string_view kMid = "urn:ietf:params:rtp-hdrext:sdes:mid";
constexpr std::string_view kAudioLevel = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
constexpr std::string_view kOrientation = "urn:3gpp:video-orientation";
constexpr std::string_view kTransportSequenceNumber =
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
constexpr std::string_view kAbsoluteSendTime =
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

}  // namespace

Extensions::Extensions(const sdp::AnsweredMedia& media) {
  for (const auto& [uri, id] : media.extensions) {
    if (uri == kMid || uri == kAudioLevel || uri == kOrientation) use_by_id_[id] = Use::kKeep;
    if (uri == kMid) mid_id_ = id;
    if (uri == kTransportSequenceNumber) {
      use_by_id_[id] = Use::kTransportSequenceNumber;
      transport_id_ = id;
    }
    if (uri == kAbsoluteSendTime) {
      use_by_id_[id] = Use::kAbsoluteSendTime;
      send_time_id_ = id;
    }
  }
}

std::optional<uint16_t> Extensions::TransportSequenceNumberOf(const rtp::RtpPacket& packet) const {
  if (transport_id_ == 0) return std::nullopt;
  const auto element = rtp::FindExtension(packet, transport_id_);
  if (!element || element->data.size() != 2) return std::nullopt;
  return Reader(element->data).U16();
}

bool Extensions::Rewrite(MutableBytes packet, const rtp::RtpPacket& view,
                         const Stamp& stamp) const {
  bool has_number = false;
  // Section 4.2: one byte in front of the data, section 4.3: two.
  const size_t header_size = view.extension_profile() == 0xBEDE ? 1 : 2;
  rtp::HeaderExtensions elements(view);
  while (const auto element = elements.Next()) {
    const MutableBytes data = packet.subspan(element->offset, element->data.size());
    const Use use = use_by_id_[element->id];
    if (use == Use::kKeep) continue;
    if (use == Use::kTransportSequenceNumber && data.size() == 2) {
      Writer(data).U16(stamp.transport_sequence_number);
      has_number = true;
    } else if (use == Use::kAbsoluteSendTime && data.size() == 3) {
      Writer(data).U24(stamp.absolute_send_time);
    } else {
      const MutableBytes whole =
          packet.subspan(element->offset - header_size, header_size + data.size());
      std::fill(whole.begin(), whole.end(), uint8_t{0});
    }
  }
  return has_number;
}

std::vector<uint8_t> Extensions::NewBlock(std::string_view mid) const {
  // RFC 8285 section 4.2: ids of one-byte headers are below 15, and their data have 1 to 16 bytes.
  constexpr size_t kMostOfOneByte = 16;
  constexpr uint8_t kMostId = 14;
  constexpr size_t kMostMid = 64;
  if (mid.empty() || mid.size() > kMostMid) mid = {};
  const bool is_short =
      std::max({mid_id_, transport_id_, send_time_id_}) <= kMostId && mid.size() <= kMostOfOneByte;
  std::array<uint8_t, 96> buffer{};
  Writer writer(buffer);
  writer.U16(is_short ? 0xBEDE : 0x1000);
  writer.U16(0);
  const auto add = [&writer, is_short](uint8_t id, Bytes data) {
    if (id == 0 || data.empty()) return;
    const auto size = static_cast<uint8_t>(data.size());
    if (is_short) {
      writer.U8(static_cast<uint8_t>(id << 4 | (size - 1)));
    } else {
      writer.U8(id);
      writer.U8(size);
    }
    writer.Put(data);
  };
  constexpr std::array<uint8_t, 3> kRoom{};
  add(mid_id_, AsBytes(mid));
  add(transport_id_, Bytes(kRoom).first(2));
  add(send_time_id_, kRoom);
  constexpr size_t kHeader = 4;
  if (writer.size() == kHeader) return {};
  writer.PadTo(4);
  writer.PatchU16(2, static_cast<uint16_t>((writer.size() - kHeader) / 4));
  return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(writer.size())};
}

}  // namespace koeru::media
