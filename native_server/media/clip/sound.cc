#include "native_server/media/clip/sound.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace koeru::server {
namespace {

constexpr double kLoudness = 8000;  // a quarter of what 16 bits can say
constexpr double kFade = 240;       // samples in which it comes and goes, so that it does not click

}  // namespace

void FillSound(size_t frame, std::span<int16_t, kSamplesOfFrame> samples) {
  const size_t second = frame / kSoundFramesOfSecond;
  const size_t frame_of_second = frame % kSoundFramesOfSecond;
  if (frame_of_second >= kBeepFrames) {
    std::fill(samples.begin(), samples.end(), int16_t{0});
    return;
  }
  const double frequency = second % 10 == 0 ? kHighBeep_hz : kBeep_hz;
  constexpr double kEnd = kBeepFrames * kSamplesOfFrame;
  for (size_t i = 0; i < samples.size(); ++i) {
    const auto n = static_cast<double>(frame_of_second * kSamplesOfFrame + i);
    const double loudness = kLoudness * std::min({1.0, n / kFade, (kEnd - n) / kFade});
    samples[i] = static_cast<int16_t>(loudness *
                                      std::sin(2 * std::numbers::pi * frequency * n / kSampleRate));
  }
}

}  // namespace koeru::server
