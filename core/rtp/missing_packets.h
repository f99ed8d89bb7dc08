#pragma once

// Which packets of a source are to be asked for again, and when: RFC 4585 section 6.2.1 leaves that
// to the receiver.
//
//   MissingPackets missing;
//   missing.OnPacket(packet.sequence_number(), now);
//   for (uint16_t number : missing.Due(now, round_trip_time))
//   nack.sequence_numbers.push_back(number);
//
// A number is asked for when a higher one has come, again after each round trip (kLeastWait at
// least), kMostTries times at most, and is given up when kReach higher ones have come. A packet
// that is only out of order is seen before its first time where it comes within kPatience. Memory
// is bounded by kMostMissing; a gap that is longer is a new beginning, for which a whole picture
// helps more.

#include <vector>

#include "core/net/time.h"
#include "core/rtp/sequence_number.h"

namespace koeru::rtp {

class MissingPackets {
 public:
  static constexpr int64_t kReach = 1000;
  static constexpr size_t kMostMissing = 500;
  static constexpr int kMostTries = 10;
  static constexpr net::Duration kPatience = std::chrono::milliseconds(5);
  static constexpr net::Duration kLeastWait = std::chrono::milliseconds(20);

  void OnPacket(uint16_t sequence_number, net::Instant now);

  // What to ask for now, in ascending order; counted as asked for.
  std::vector<uint16_t> Due(net::Instant now, net::Duration round_trip_time);
  // When Due() may have something; Instant::Max() when nothing is missing.
  net::Instant NextDeadline() const;

  size_t count() const { return missing_.size(); }
  // True once after packets were given up: asked for in vain, out of reach, or a gap that was too
  // long to be asked for.
  bool TakeGivenUp() {
    const bool given_up = given_up_;
    given_up_ = false;
    return given_up;
  }

 private:
  struct Missing {
    int64_t number = 0;
    net::Instant due;
    int tries = 0;
  };

  SequenceUnwrapper unwrap_;
  std::vector<Missing> missing_;  // ascending
  bool given_up_ = false;
};

}  // namespace koeru::rtp
