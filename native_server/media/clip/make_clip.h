#pragma once

// The clip that the media peer sends in its mode "source": a clock to see and its seconds to hear.
//
//   std::shared_ptr<const media::Clip> clip = MakeClip(std::chrono::seconds(60));
//
// Takes seconds of computing: for a thread that nobody waits for (ClipMaker). Null when a codec
// library refused, or `stop` was requested. About 300 KB for a minute.

#include <chrono>
#include <memory>
#include <stop_token>

#include "core/media/clip.h"

namespace koeru::server {

inline constexpr int kPicturesOfSecond = 15;

std::shared_ptr<const media::Clip> MakeClip(std::chrono::seconds length, std::stop_token stop = {});

}  // namespace koeru::server
