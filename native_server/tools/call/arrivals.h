#pragma once

// The media that a call generates, and what of it came back. No I/O, no clock, no allocation.
//
//   WriteStamp(payload, number++, now);          // each packet that is sent
//   arrivals.OnPayload(payload, now);            // each that came back, decrypted
//   arrivals.Lost(number)                        // of `number` that were sent
//
// A payload is its number (4 bytes), when it was sent (8 bytes, nanoseconds of the sender's own
// clock), and bytes that follow from the number: whoever changes one is found out. Numbers start
// at 0 and are those of one stream; they are not RTP's sequence numbers, which wrap.

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>

#include "core/net/time.h"
#include "native_server/tools/load/load_stats.h"

namespace koeru::tools {

struct MediaStamp {
  static constexpr size_t kSize = 12;

  uint32_t number = 0;
  int64_t sent_ns = 0;
};

// Fills the payload, which is of MediaStamp::kSize bytes at least.
void WriteStamp(std::span<uint8_t> payload, const MediaStamp& stamp);
// Nothing: too short, or a byte behind the stamp is not what was sent.
std::optional<MediaStamp> ReadStamp(std::span<const uint8_t> payload);

// What came back of one stream.
class Arrivals {
 public:
  // Numbers this far behind the newest are counted as damaged: a repair that late is none.
  static constexpr uint32_t kWindow = 1024;

  // `sent` is how many were sent until now: a number that was not is damaged.
  void OnPayload(std::span<const uint8_t> payload, uint32_t sent, int64_t now_ns);

  int64_t received() const { return received_; }  // each number once
  int64_t out_of_order() const { return out_of_order_; }
  int64_t repeated() const { return repeated_; }
  int64_t damaged() const { return damaged_; }
  int64_t bytes() const { return bytes_; }
  int64_t Lost(uint32_t sent) const { return sent - received_; }
  double worst_ms() const { return static_cast<double>(worst_ns_) / 1e6; }
  const DelayHistogram& round_trips() const { return round_trips_; }

 private:
  // Whether the number is seen for the first time.
  bool Mark(uint32_t number);

  std::bitset<kWindow> seen_;  // by number modulo kWindow
  uint32_t next_ = 0;          // behind the newest number
  int64_t received_ = 0, out_of_order_ = 0, repeated_ = 0, damaged_ = 0, bytes_ = 0;
  int64_t worst_ns_ = 0;
  DelayHistogram round_trips_;
};

}  // namespace koeru::tools
