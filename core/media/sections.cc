#include "core/media/sections.h"

#include <algorithm>

#include "core/bytes/hex.h"

namespace koeru::media {

std::vector<std::unique_ptr<Section>> Sections::Assign(std::vector<sdp::AnsweredMedia> media,
                                                       net::Instant now) {
  if (media.size() > kMost) media.resize(kMost);
  std::vector<std::unique_ptr<Section>> next;
  for (size_t i = 0; i < media.size(); ++i) {
    auto section = Take(media[i], i);
    const uint32_t seed = media[i].ssrc + static_cast<uint32_t>(i);
    if (section) {
      section->Agree(std::move(media[i]));
    } else {
      section = std::make_unique<Section>(std::move(media[i]), seed, now);
    }
    next.push_back(std::move(section));
  }
  sections_.swap(next);
  std::erase(next, nullptr);  // what was taken along

  for (const auto& stream : streams_) stream->section = nullptr;
  by_payload_type_ = {};
  mid_id_ = 0;
  own_ssrc_ = kReceiversSsrc;
  for (const auto& section : sections_) Connect(*section);
  for (const auto& stream : streams_) {
    if (stream->section != nullptr) continue;
    stream->source = nullptr;
    stream->history.reset();
    if (stream->clip != nullptr) stream->clip->Stop();
  }
  return next;
}

std::unique_ptr<Section> Sections::Take(const sdp::AnsweredMedia& media, size_t index) {
  for (size_t i = 0; i < sections_.size(); ++i) {
    if (!sections_[i] || sections_[i]->media().media != media.media) continue;
    if (sections_[i]->media().mid != media.mid || (media.mid.empty() && i != index)) continue;
    return std::move(sections_[i]);
  }
  return nullptr;
}

void Sections::Connect(Section& section) {
  const sdp::AnsweredMedia& media = section.media();
  OutgoingStream* const before = section.stream;
  section.stream = nullptr;
  if (!media.accepted) return;
  if (mid_id_ == 0) mid_id_ = section.extensions().mid_id();
  if (section.receives()) {
    for (uint8_t number = 0; number < by_payload_type_.size(); ++number) {
      if (section.types()[number].kind == PayloadType::Kind::kUnknown) continue;
      ByPayloadType& entry = by_payload_type_[number];
      entry.several = entry.only != nullptr;
      if (!entry.several) entry.only = &section;
    }
  }
  OutgoingStream* const stream = media.sends ? StreamFor(media.ssrc) : nullptr;
  if (stream == nullptr || stream->section != nullptr) return;
  section.stream = stream;
  // A stream that comes from another section, or from a pause, has no source yet.
  if (stream != before) stream->source = nullptr;
  stream->section = &section;
  stream->rtx = RtxFor(media.rtx_ssrc);
  if (!section.types().nack()) {
    stream->history.reset();
  } else if (!stream->history) {
    stream->history =
        std::make_unique<PacketHistory>(section.is_video() ? kVideoHistory : kAudioHistory);
  }
  if (own_ssrc_ == kReceiversSsrc) own_ssrc_ = stream->ssrc;
}

OutgoingStream* Sections::StreamFor(uint32_t ssrc) {
  if (ssrc == 0) return nullptr;
  for (const auto& stream : streams_) {
    if (stream->ssrc == ssrc) return stream.get();
  }
  if (IsOwn(ssrc) || streams_.size() >= kMostStreams) return nullptr;
  return streams_.emplace_back(std::make_unique<OutgoingStream>(ssrc)).get();
}

RtxStream* Sections::RtxFor(uint32_t ssrc) {
  if (ssrc == 0) return nullptr;
  for (const auto& stream : rtx_streams_) {
    if (stream->ssrc == ssrc) return stream.get();
  }
  if (IsOwn(ssrc) || rtx_streams_.size() >= kMostStreams) return nullptr;
  return rtx_streams_.emplace_back(std::make_unique<RtxStream>(ssrc)).get();
}

Section* Sections::Of(const rtp::RtpPacket& packet) const {
  if (mid_id_ != 0) {
    if (const auto mid = rtp::FindExtension(packet, mid_id_)) {
      for (const auto& section : sections_) {
        if (section->receives() && section->media().mid == AsText(mid->data)) return section.get();
      }
      return nullptr;
    }
  }
  const ByPayloadType& entry = by_payload_type_[packet.payload_type()];
  return entry.several ? nullptr : entry.only;
}

OutgoingStream* Sections::StreamOf(uint32_t ssrc) const {
  for (const auto& section : sections_) {
    if (section->stream != nullptr && section->stream->ssrc == ssrc) return section->stream;
  }
  return nullptr;
}

bool Sections::IsOwn(uint32_t ssrc) const {
  return std::any_of(streams_.begin(), streams_.end(),
                     [ssrc](const auto& stream) { return stream->ssrc == ssrc; }) ||
         std::any_of(rtx_streams_.begin(), rtx_streams_.end(),
                     [ssrc](const auto& stream) { return stream->ssrc == ssrc; });
}

}  // namespace koeru::media
