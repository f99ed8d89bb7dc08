#pragma once

// Sources of the peer, one after the other, as one stream under one SSRC of ours: RFC 3550 sections
// 5.1 and 8.1. The first keeps its numbers and timestamps; one that follows is shifted so that the
// receiver sees no gap.
//
//   Continuation stream;
//   stream.Begin({number, timestamp}, clock_rate, now);       // another source takes over here
//   if (auto next = stream.Map({number, timestamp}, now)) Set sequence number and timestamp
//
// `number` is a source's sequence number without wrapping. What came before the packet with which a
// later source took over has no number here: it was the source's before.

#include <cstdint>
#include <optional>

#include "core/net/time.h"

namespace koeru::media {

struct StreamPosition {
  int64_t number = 0;
  uint32_t timestamp = 0;
};

class Continuation {
 public:
  void Begin(const StreamPosition& first, uint32_t clock_rate, net::Instant now);
  std::optional<StreamPosition> Map(const StreamPosition& position, net::Instant now);

  // What is added to the present source's timestamps.
  uint32_t timestamp_offset() const { return timestamp_offset_; }
  // Of what was mapped; nothing before the first.
  std::optional<int64_t> highest() const { return highest_; }

 private:
  int64_t first_ = INT64_MIN;  // of the present source
  int64_t number_offset_ = 0;
  uint32_t timestamp_offset_ = 0;
  std::optional<int64_t> highest_;
  uint32_t last_timestamp_ = 0;  // of the highest
  net::Instant last_at_;
};

}  // namespace koeru::media
