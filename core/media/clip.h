#pragma once

// A recorded clip that a media peer sends again and again (Mode::kSource): frames of VP8 and of
// Opus with their times. Made once, never changed, shared by all calls.
//
//   for (const ClipFrame& frame : clip->video) Send(clip->BytesOf(frame), frame.at)
//
// Frames are in order of time, the first of each kind at 0, the last before `length`. The first
// frame of `video` is a key frame, so that the clip may begin again after its end.

#include <cstdint>
#include <vector>

#include "core/bytes/reader.h"
#include "core/net/time.h"

namespace koeru::media {

struct ClipFrame {
  net::Duration at{};  // media time from the clip's beginning
  size_t offset = 0;   // in Clip::bytes
  size_t size = 0;
  bool is_key = false;
};

struct Clip {
  net::Duration length{};
  std::vector<ClipFrame> video;  // VP8, without any RTP payload header
  std::vector<ClipFrame> audio;  // Opus, of 48000 units a second
  std::vector<uint8_t> bytes;

  Bytes BytesOf(const ClipFrame& frame) const {
    return Bytes(bytes).subspan(frame.offset, frame.size);
  }
};

}  // namespace koeru::media
