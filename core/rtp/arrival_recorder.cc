#include "core/rtp/arrival_recorder.h"

#include <algorithm>

namespace koeru::rtp {
namespace {

constexpr int64_t kTick = 250'000;  // ns

// The largest distance that a delta can tell (16 bits, signed).
constexpr int64_t kMostTicks = INT16_MAX;

}  // namespace

void ArrivalRecorder::OnPacket(uint16_t transport_sequence_number, uint32_t media_ssrc,
                               net::Instant now) {
  const int64_t number = unwrap_(transport_sequence_number);
  media_ssrc_ = media_ssrc;
  if (next_ && number < *next_) return;
  const auto at =
      std::lower_bound(waiting_.begin(), waiting_.end(), number,
                       [](const Arrival& arrival, int64_t n) { return arrival.number < n; });
  if (at != waiting_.end() && at->number == number) return;
  waiting_.insert(at, {number, now.nanoseconds() / kTick});
  if (waiting_.size() > kMostWaiting) waiting_.pop_front();
}

std::optional<TransportFeedback> ArrivalRecorder::Take() {
  if (waiting_.empty()) return std::nullopt;
  // Lost ones in front are told, too, as far as they fit in beside what came.
  const int64_t first_come = waiting_.front().number;
  const int64_t first =
      next_ ? std::max(*next_, first_come - static_cast<int64_t>(kMostPackets) / 2) : first_come;
  TransportFeedback feedback{.sender_ssrc = own_ssrc_,
                             .media_ssrc = media_ssrc_,
                             .base_sequence_number = static_cast<uint16_t>(first),
                             .feedback_count = feedback_count_++};
  const int64_t origin = waiting_.front().ticks / TransportFeedback::kTicksPerReference;
  // 24 bits, signed: the sender looks at differences.
  feedback.reference_time = static_cast<int32_t>(static_cast<uint32_t>(origin) << 8) >> 8;
  const int64_t shift = (origin - feedback.reference_time) * TransportFeedback::kTicksPerReference;
  int64_t before = waiting_.front().ticks;
  int64_t number = first;
  while (!waiting_.empty()) {
    const Arrival arrival = waiting_.front();
    const auto size_with_it = static_cast<size_t>(arrival.number - first) + 1;
    if (size_with_it > kMostPackets || std::abs(arrival.ticks - before) > kMostTicks) break;
    for (; number < arrival.number; ++number) feedback.arrivals.emplace_back();
    feedback.arrivals.emplace_back(arrival.ticks - shift);
    ++number;
    before = arrival.ticks;
    waiting_.pop_front();
  }
  next_ = number;
  return feedback;
}

}  // namespace koeru::rtp
