#pragma once

// A clip's frames of one kind as the packets of one stream: VP8 by RFC 7741, Opus by RFC 7587. The
// clip begins again after its end; numbers and timestamps go on.
//
//   ClipStream stream(ssrc);
//   stream.Begin(clip, {.payload_type = 96, .clock_rate = 90000, .is_video = true}, began, now);
//   while (size_t size = stream.Next(now, buffer)) Send(buffer.first(size))
//   stream.NextDeadline()                          // of the next packet
//
// The clip's beginning is at `began` for all streams of a call, so that sound and picture are in
// step. A stream that begins later, or was not served for kMostLate, goes on with the key frame
// that follows. A receiver that asks for a key frame waits for the clip's next one.
//
// One stream for the life of its SSRC: its numbers are never used again (RFC 3711 section 9.1).

#include <memory>
#include <vector>

#include "core/bytes/reader.h"
#include "core/media/clip.h"
#include "core/net/time.h"

namespace koeru::media {

struct ClipFormat {
  uint8_t payload_type = 0;
  uint32_t clock_rate = 0;
  bool is_video = false;
  // A header extension, whole and a multiple of four bytes (Extensions::NewBlock); empty: none.
  std::vector<uint8_t> extension = {};

  friend bool operator==(const ClipFormat&, const ClipFormat&) = default;
};

class ClipStream {
 public:
  static constexpr size_t kMostPacket = 1200;
  // Between the packets of one frame.
  static constexpr net::Duration kPace = std::chrono::milliseconds(2);
  static constexpr net::Duration kMostLate = std::chrono::milliseconds(500);

  explicit ClipStream(uint32_t ssrc);

  // Nothing changes when it is sending that format already.
  void Begin(std::shared_ptr<const Clip> clip, const ClipFormat& format, net::Instant began,
             net::Instant now);
  void Stop() { clip_ = nullptr; }

  // Instant::Max() while nothing is sent.
  net::Instant NextDeadline() const { return clip_ == nullptr ? net::Instant::Max() : due_; }
  // The next packet, if it is due: its size; 0: none is. `buffer` is of kMostPacket at least.
  size_t Next(net::Instant now, MutableBytes buffer);

  bool is_sending() const { return clip_ != nullptr; }
  uint32_t clock_rate() const { return format_.clock_rate; }
  // RFC 3550 section 6.4.1: of a sender report.
  uint32_t TimestampAt(net::Instant now) const;

 private:
  const std::vector<ClipFrame>& frames() const {
    return format_.is_video ? clip_->video : clip_->audio;
  }
  net::Instant TimeOfFrame() const { return began_ + round_ * clip_->length + frames()[frame_].at; }
  // To the first frame from `now` on with which a decoder may begin.
  void Seek(net::Instant now);
  void AdvanceFrame();
  size_t MostPayload() const;

  const uint32_t ssrc_;
  std::shared_ptr<const Clip> clip_;  // null: nothing is sent
  ClipFormat format_;
  net::Instant began_;
  int64_t round_ = 0;  // of the clip
  size_t frame_ = 0;
  size_t sent_of_frame_ = 0;  // bytes
  net::Instant due_;
  bool is_first_ = true;  // after Begin() and Seek()
  uint16_t next_number_;
  uint16_t picture_id_;
  const uint32_t first_timestamp_;
};

}  // namespace koeru::media
