#include "core/media/extensions.h"

#include <algorithm>
#include <string_view>

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
    if (uri == kAbsoluteSendTime) use_by_id_[id] = Use::kAbsoluteSendTime;
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

}  // namespace koeru::media
