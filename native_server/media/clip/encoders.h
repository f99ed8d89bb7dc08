#pragma once

// libvpx and libopus, as the clip needs them.
//
//   Vp8Encoder video(15);
//   Bytes frame = video.Encode(picture, true);       // a key frame
//   OpusFrames audio;
//   Bytes frame = audio.Encode(samples);
//
// A view lives until the next call. Empty: the library refused.

#include <array>
#include <memory>

#include "core/bytes/reader.h"
#include "native_server/media/clip/picture.h"
#include "native_server/media/clip/sound.h"

namespace koeru::server {

class Vp8Encoder {
 public:
  explicit Vp8Encoder(int frames_per_second);
  ~Vp8Encoder();
  Vp8Encoder(const Vp8Encoder&) = delete;
  Vp8Encoder& operator=(const Vp8Encoder&) = delete;

  Bytes Encode(Picture& picture, bool is_key);

 private:
  struct State;
  std::unique_ptr<State> state_;  // null: the library refused
};

class OpusFrames {
 public:
  OpusFrames();
  ~OpusFrames();
  OpusFrames(const OpusFrames&) = delete;
  OpusFrames& operator=(const OpusFrames&) = delete;

  Bytes Encode(std::span<const int16_t, kSamplesOfFrame> samples);

 private:
  struct State;
  std::unique_ptr<State> state_;  // null: the library refused
  std::array<uint8_t, 1200> buffer_{};
};

}  // namespace koeru::server
