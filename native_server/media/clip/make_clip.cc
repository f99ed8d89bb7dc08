#include "native_server/media/clip/make_clip.h"

#include <array>

#include "native_server/media/clip/encoders.h"

namespace koeru::server {
namespace {

constexpr int64_t kSecond_ns = 1'000'000'000;

// Rounded up, so that the same in units of the media clock is not one less.
net::Duration TimeOf(size_t frame, int frames_of_second) {
  const auto n = static_cast<int64_t>(frame);
  return net::Duration((n * kSecond_ns + frames_of_second - 1) / frames_of_second);
}

bool Add(media::Clip& clip, std::vector<media::ClipFrame>& frames, Bytes bytes, net::Duration at,
         bool is_key) {
  if (bytes.empty()) return false;
  frames.push_back({at, clip.bytes.size(), bytes.size(), is_key});
  clip.bytes.insert(clip.bytes.end(), bytes.begin(), bytes.end());
  return true;
}

bool AddVideo(media::Clip& clip, size_t seconds, const std::stop_token& stop) {
  Vp8Encoder encoder(kPicturesOfSecond);
  const auto picture = std::make_unique<Picture>();
  for (size_t i = 0; i < seconds * kPicturesOfSecond; ++i) {
    if (stop.stop_requested()) return false;
    picture->Draw(i * 10 / kPicturesOfSecond);
    const bool is_key = i % kPicturesOfSecond == 0;
    const Bytes frame = encoder.Encode(*picture, is_key);
    if (!Add(clip, clip.video, frame, TimeOf(i, kPicturesOfSecond), is_key)) return false;
  }
  return true;
}

bool AddAudio(media::Clip& clip, size_t seconds) {
  OpusFrames encoder;
  std::array<int16_t, kSamplesOfFrame> samples{};
  for (size_t i = 0; i < seconds * kSoundFramesOfSecond; ++i) {
    FillSound(i, samples);
    const Bytes frame = encoder.Encode(samples);
    if (!Add(clip, clip.audio, frame, TimeOf(i, kSoundFramesOfSecond), false)) return false;
  }
  return true;
}

}  // namespace

std::shared_ptr<const media::Clip> MakeClip(std::chrono::seconds length, std::stop_token stop) {
  auto clip = std::make_shared<media::Clip>();
  clip->length = length;
  const auto seconds = static_cast<size_t>(length.count());
  if (!AddVideo(*clip, seconds, stop) || !AddAudio(*clip, seconds)) return nullptr;
  clip->bytes.shrink_to_fit();
  return clip;
}

}  // namespace koeru::server
