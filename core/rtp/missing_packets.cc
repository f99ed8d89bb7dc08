#include "core/rtp/missing_packets.h"

#include <algorithm>

namespace koeru::rtp {

void MissingPackets::OnPacket(uint16_t sequence_number, net::Instant now) {
  const std::optional<int64_t> before = unwrap_.highest();
  const int64_t number = unwrap_(sequence_number);
  if (!before) return;
  if (number <= *before) {
    std::erase_if(missing_, [number](const Missing& missing) { return missing.number == number; });
    return;
  }
  const size_t out_of_reach = std::erase_if(
      missing_, [number](const Missing& missing) { return number - missing.number > kReach; });
  if (out_of_reach > 0) given_up_ = true;
  const auto gap = static_cast<size_t>(number - *before - 1);
  if (missing_.size() + gap > kMostMissing) {
    missing_.clear();
    given_up_ = true;
    return;
  }
  for (int64_t lost = *before + 1; lost < number; ++lost) {
    missing_.push_back({lost, now + kPatience});
  }
}

std::vector<uint16_t> MissingPackets::Due(net::Instant now, net::Duration round_trip_time) {
  std::vector<uint16_t> due;
  const net::Duration wait = std::max(kLeastWait, round_trip_time);
  for (Missing& missing : missing_) {
    if (missing.due > now) continue;
    if (missing.tries < kMostTries) due.push_back(static_cast<uint16_t>(missing.number));
    ++missing.tries;
    missing.due = now + wait;
  }
  const size_t in_vain =
      std::erase_if(missing_, [](const Missing& missing) { return missing.tries > kMostTries; });
  if (in_vain > 0) given_up_ = true;
  return due;
}

net::Instant MissingPackets::NextDeadline() const {
  net::Instant next = net::Instant::Max();
  for (const Missing& missing : missing_) next = std::min(next, missing.due);
  return next;
}

}  // namespace koeru::rtp
