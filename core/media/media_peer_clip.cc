#include <array>

#include "core/bytes/ascii.h"
#include "core/media/media_peer_impl.h"

namespace koeru::media {
namespace {

// What the clip is made of, if it was agreed on.
const sdp::AnsweredCodec* ClipCodecOf(const sdp::AnsweredMedia& media) {
  for (const sdp::AnsweredCodec& codec : media.codecs) {
    if (codec.payload_type > 127 || codec.clock_rate == 0) continue;
    const bool is_it = media.media == "video"
                           ? VideoFormatOf(codec.encoding_name) == VideoFormat::kVp8
                           : EqualsIgnoringCase(codec.encoding_name, "opus");
    if (is_it) return &codec;
  }
  return nullptr;
}

}  // namespace

void MediaPeer::Impl::SetClip(std::shared_ptr<const Clip> clip, net::Instant now) {
  clip_ = std::move(clip);
  clip_began_ = now;
  BeginClip(now);
  SetDeadline();
}

void MediaPeer::Impl::BeginClip(net::Instant now) {
  if (options_.mode != Mode::kSource || clip_ == nullptr) return;
  for (const auto& section : sections_) {
    OutgoingStream* const stream = section->stream;
    if (stream == nullptr) continue;
    if (stream->clip == nullptr) stream->clip = std::make_unique<ClipStream>(stream->ssrc);
    if (const sdp::AnsweredCodec* codec = ClipCodecOf(section->media())) {
      stream->clip->Begin(clip_,
                          {.payload_type = codec->payload_type,
                           .clock_rate = codec->clock_rate,
                           .is_video = section->is_video(),
                           .extension = section->extensions().NewBlock(section->media().mid)},
                          clip_began_, now);
    } else {
      stream->clip->Stop();
    }
  }
}

std::string MediaPeer::Impl::ProblemOf(const Section& section) const {
  if (options_.mode != Mode::kSource || section.stream == nullptr) return {};
  if (ClipCodecOf(section.media()) == nullptr) {
    return section.is_video() ? "nothing is sent: the clip is VP8, which was not offered"
                              : "nothing is sent: the clip is Opus, which was not offered";
  }
  return clip_ == nullptr ? "nothing is sent yet: the clip is being made" : "";
}

// A stream that was not served for long does not catch up (ClipStream::kMostLate), so this is
// bounded, too.
void MediaPeer::Impl::SendClip(net::Instant now, Actions& actions) {
  std::array<uint8_t, ClipStream::kMostPacket> buffer;
  for (const auto& section : sections_) {
    OutgoingStream* const stream = section->stream;
    if (stream == nullptr || stream->clip == nullptr) continue;
    while (const size_t size = stream->clip->Next(now, buffer)) {
      const MutableBytes packet = MutableBytes(buffer).first(size);
      sender_.OnSending(*stream, packet, now);
      actions.AddRtp(packet);
    }
  }
}

}  // namespace koeru::media
