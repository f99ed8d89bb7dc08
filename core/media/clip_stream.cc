#include "core/media/clip_stream.h"

#include <algorithm>

#include "core/media/clock_units.h"
#include "core/media/vp8_descriptor.h"
#include "core/rtp/rtp_packet.h"

namespace koeru::media {

// RFC 3550 section 5.1: numbers and timestamps "SHOULD be random" at first; the SSRC is. The number
// is in the lower half, as RFC 3711 section 3.3.1 would have it.
ClipStream::ClipStream(uint32_t ssrc)
    : ssrc_(ssrc),
      next_number_(static_cast<uint16_t>((ssrc * 2654435761u) >> 17)),
      picture_id_(static_cast<uint16_t>((ssrc * 2246822519u) >> 17)),
      first_timestamp_(ssrc * 3266489917u) {}

void ClipStream::Begin(std::shared_ptr<const Clip> clip, const ClipFormat& format,
                       net::Instant began, net::Instant now) {
  if (clip_ == clip && format_ == format && began_ == began) return;
  clip_ = std::move(clip);
  format_ = format;
  began_ = began;
  if (clip_ == nullptr || clip_->length <= net::Duration(0) || frames().empty() ||
      MostPayload() == 0) {
    return Stop();
  }
  Seek(now);
}

size_t ClipStream::MostPayload() const {
  const size_t headers =
      rtp::kHeaderSize + format_.extension.size() + (format_.is_video ? Vp8Descriptor::kSize : 0);
  return headers < kMostPacket ? kMostPacket - headers : 0;
}

void ClipStream::Seek(net::Instant now) {
  const net::Duration since = std::max(now - began_, net::Duration(0));
  round_ = since / clip_->length;
  const net::Duration at = since % clip_->length;
  const auto& all = frames();
  auto frame =
      std::lower_bound(all.begin(), all.end(), at,
                       [](const ClipFrame& one, net::Duration time) { return one.at < time; });
  if (format_.is_video) {
    frame = std::find_if(frame, all.end(), [](const ClipFrame& one) { return one.is_key; });
  }
  frame_ = static_cast<size_t>(frame - all.begin());
  if (frame == all.end()) {
    ++round_;
    frame_ = 0;
  }
  sent_of_frame_ = 0;
  is_first_ = true;
  due_ = TimeOfFrame();
}

void ClipStream::AdvanceFrame() {
  sent_of_frame_ = 0;
  ++picture_id_;
  if (++frame_ == frames().size()) {
    ++round_;
    frame_ = 0;
  }
  due_ = TimeOfFrame();
}

size_t ClipStream::Next(net::Instant now, MutableBytes buffer) {
  if (clip_ == nullptr || now < due_) return 0;
  if (now - due_ > kMostLate) {
    Seek(now);
    if (now < due_) return 0;
  }
  const ClipFrame& frame = frames()[frame_];
  const Bytes rest = clip_->BytesOf(frame).subspan(sent_of_frame_);
  const Bytes part = rest.first(std::min(rest.size(), MostPayload()));
  const bool ends_frame = part.size() == rest.size();
  // Of a picture the last packet has the marker (RFC 7741 section 4.1), of sound the first one of a
  // talkspurt (RFC 7587 section 4.2).
  const bool has_marker = format_.is_video ? ends_frame : is_first_;
  const int64_t units = ClockUnits(round_ * clip_->length + frame.at, format_.clock_rate);
  Writer writer(buffer);
  writer.U8(format_.extension.empty() ? 0x80 : 0x90);
  writer.U8(static_cast<uint8_t>(format_.payload_type | (has_marker ? 0x80 : 0)));
  writer.U16(next_number_);
  writer.U32(first_timestamp_ + static_cast<uint32_t>(units));
  writer.U32(ssrc_);
  writer.Put(format_.extension);
  if (format_.is_video) {
    Vp8Descriptor{.begins_frame = sent_of_frame_ == 0, .picture_id = picture_id_}.Write(writer);
  }
  writer.Put(part);
  if (!writer.ok()) return 0;
  ++next_number_;
  is_first_ = false;
  if (ends_frame) {
    AdvanceFrame();
  } else {
    sent_of_frame_ += part.size();
    due_ = due_ + kPace;
  }
  return writer.size();
}

uint32_t ClipStream::TimestampAt(net::Instant now) const {
  return first_timestamp_ + static_cast<uint32_t>(ClockUnits(now - began_, format_.clock_rate));
}

}  // namespace koeru::media
