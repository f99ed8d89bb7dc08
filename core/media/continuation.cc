#include "core/media/continuation.h"

#include <algorithm>

#include "core/media/clock_units.h"

namespace koeru::media {

void Continuation::Begin(const StreamPosition& first, uint32_t clock_rate, net::Instant now) {
  if (!highest_) return;
  first_ = first.number;
  number_offset_ = *highest_ + 1 - first.number;
  // As much later as it is; another picture or sound at least.
  const auto pause = std::max(int64_t{1}, ClockUnits(now - last_at_, clock_rate));
  timestamp_offset_ = last_timestamp_ + static_cast<uint32_t>(pause) - first.timestamp;
}

std::optional<StreamPosition> Continuation::Map(const StreamPosition& position, net::Instant now) {
  if (position.number < first_) return std::nullopt;
  const StreamPosition mapped{position.number + number_offset_,
                              position.timestamp + timestamp_offset_};
  if (!highest_ || mapped.number > *highest_) {
    highest_ = mapped.number;
    last_timestamp_ = mapped.timestamp;
    last_at_ = now;
  }
  return mapped;
}

}  // namespace koeru::media
