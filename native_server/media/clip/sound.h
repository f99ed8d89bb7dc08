#pragma once

// The clip's sound: a beep at the start of each second, a higher one at the start of each ten, else
// silence.
//
//   std::array<int16_t, kSamplesOfFrame> samples;
//   FillSound(frame, samples);             // the 20 ms that begin at frame * 20 ms

#include <cstddef>
#include <cstdint>
#include <span>

namespace koeru::server {

inline constexpr int kSampleRate = 48000;           // one channel
inline constexpr size_t kSamplesOfFrame = 960;      // 20 ms
inline constexpr size_t kSoundFramesOfSecond = 50;  // so many frames
inline constexpr double kBeep_hz = 440, kHighBeep_hz = 880;
inline constexpr size_t kBeepFrames = 5;  // 100 ms

void FillSound(size_t frame, std::span<int16_t, kSamplesOfFrame> samples);

}  // namespace koeru::server
