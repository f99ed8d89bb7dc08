#pragma once

// A wish for a whole picture of one source, not passed on more often than kInterval: an encoder
// pays for each (RFC 5104 section 4.3.1.2 warns of that, too).
//
//   wish.Want(PictureWish::Kind::kPli);
//   if (auto kind = wish.Due(now)) Send                // what came too soon waits
//   wish.NextDeadline()

#include <cstdint>
#include <optional>

#include "core/net/time.h"

namespace koeru::media {

class PictureWish {
 public:
  enum class Kind : uint8_t { kPli, kFir };
  static constexpr net::Duration kInterval = std::chrono::milliseconds(500);

  // FIR says more than PLI.
  void Want(Kind kind) {
    if (!wanted_ || kind == Kind::kFir) wanted_ = kind;
  }
  // Counted as sent.
  std::optional<Kind> Due(net::Instant now) {
    if (!wanted_ || now < not_before_) return std::nullopt;
    const std::optional<Kind> due = wanted_;
    wanted_.reset();
    not_before_ = now + kInterval;
    return due;
  }
  // Instant::Max() when nothing is wished for.
  net::Instant NextDeadline() const { return wanted_ ? not_before_ : net::Instant::Max(); }

 private:
  std::optional<Kind> wanted_;
  net::Instant not_before_;
};

}  // namespace koeru::media
