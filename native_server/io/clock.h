#pragma once

// The two clocks, as the values that core takes.

#include <chrono>
#include <ctime>

#include "core/net/time.h"

namespace koeru::server {

inline net::Instant Now() {
  return net::Instant::FromNanoseconds(
      std::chrono::duration_cast<net::Duration>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

inline net::UnixTime WallNow() { return {static_cast<int64_t>(std::time(nullptr))}; }

}  // namespace koeru::server
