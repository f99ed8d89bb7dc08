#pragma once

// A clip whose bytes tell which frame they are of: a second of 10 pictures, key frames at 0 and
// 500 ms, and of 50 pieces of sound. Pictures are larger than a packet.

#include <memory>

#include "core/media/clip.h"

namespace koeru::media {

inline constexpr int kTestPictures = 10, kTestSounds = 50;
inline constexpr size_t kTestPictureSize = 2500, kTestSoundSize = 40;

inline std::shared_ptr<const Clip> TestClip() {
  auto clip = std::make_shared<Clip>();
  clip->length = std::chrono::seconds(1);
  const auto add = [&clip](std::vector<ClipFrame>& frames, net::Duration at, size_t size,
                           bool is_key, int value) {
    frames.push_back({at, clip->bytes.size(), size, is_key});
    clip->bytes.resize(clip->bytes.size() + size, static_cast<uint8_t>(value));
  };
  for (int i = 0; i < kTestPictures; ++i) {
    add(clip->video, std::chrono::milliseconds(100 * i), kTestPictureSize, i % 5 == 0, 2 * i);
  }
  for (int i = 0; i < kTestSounds; ++i) {
    add(clip->audio, std::chrono::milliseconds(20 * i), kTestSoundSize, false, 100 + i);
  }
  return clip;
}

}  // namespace koeru::media
