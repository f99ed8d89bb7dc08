#include "native_server/tools/call/arrivals.h"

#include <algorithm>

namespace koeru::tools {
namespace {

// Of two packets or two places, hardly ever the same.
uint8_t FillerAt(uint32_t number, size_t place) {
  return static_cast<uint8_t>((number * 2654435761u) >> 24) ^ static_cast<uint8_t>(place * 29u);
}

void PutBigEndian(std::span<uint8_t> into, uint64_t value) {
  for (size_t i = into.size(); i-- > 0; value >>= 8) into[i] = static_cast<uint8_t>(value);
}

uint64_t TakeBigEndian(std::span<const uint8_t> from) {
  uint64_t value = 0;
  for (const uint8_t byte : from) value = value << 8 | byte;
  return value;
}

}  // namespace

void WriteStamp(std::span<uint8_t> payload, const MediaStamp& stamp) {
  PutBigEndian(payload.first(4), stamp.number);
  PutBigEndian(payload.subspan(4, 8), static_cast<uint64_t>(stamp.sent_ns));
  for (size_t i = MediaStamp::kSize; i < payload.size(); ++i) {
    payload[i] = FillerAt(stamp.number, i);
  }
}

std::optional<MediaStamp> ReadStamp(std::span<const uint8_t> payload) {
  if (payload.size() < MediaStamp::kSize) return std::nullopt;
  const MediaStamp stamp{static_cast<uint32_t>(TakeBigEndian(payload.first(4))),
                         static_cast<int64_t>(TakeBigEndian(payload.subspan(4, 8)))};
  for (size_t i = MediaStamp::kSize; i < payload.size(); ++i) {
    if (payload[i] != FillerAt(stamp.number, i)) return std::nullopt;
  }
  return stamp;
}

bool Arrivals::Mark(uint32_t number) {
  if (number >= next_) {
    // The places of the numbers between are free again.
    const uint32_t places = std::min(number - next_ + 1, kWindow);
    for (uint32_t i = 0; i < places; ++i) seen_.reset((number - i) % kWindow);
    next_ = number + 1;
  } else if (seen_.test(number % kWindow)) {
    return false;
  } else {
    ++out_of_order_;
  }
  seen_.set(number % kWindow);
  return true;
}

void Arrivals::OnPayload(std::span<const uint8_t> payload, uint32_t sent, int64_t now_ns) {
  const std::optional<MediaStamp> stamp = ReadStamp(payload);
  const bool is_ours = stamp && stamp->number < sent && stamp->sent_ns >= 0 &&
                       stamp->sent_ns <= now_ns &&
                       (stamp->number >= next_ || next_ - stamp->number <= kWindow);
  if (!is_ours) {
    ++damaged_;
    return;
  }
  if (!Mark(stamp->number)) {
    ++repeated_;
    return;
  }
  ++received_;
  bytes_ += static_cast<int64_t>(payload.size());
  const int64_t round_trip_ns = now_ns - stamp->sent_ns;
  worst_ns_ = std::max(worst_ns_, round_trip_ns);
  round_trips_.Add(std::chrono::nanoseconds(round_trip_ns));
}

}  // namespace koeru::tools
