#pragma once

// Packets of one SSRC that were sent, for those that are asked for again (RFC 4585 section 6.2.1).
//
//   PacketHistory history(1 << 20);
//   history.Remember(number, packet, now);
//   Bytes again = history.Recall(number, round_trip_time, now);   // empty: not here, or just sent
//
// Bounded: the bytes it is made with, kSlots packets, kMostAge. A view lives until the next
// Remember().

#include <memory>
#include <vector>

#include "core/bytes/reader.h"
#include "core/net/time.h"

namespace koeru::media {

class PacketHistory {
 public:
  // As far back as SRTP protects again.
  static constexpr size_t kSlots = 1024;
  // Larger packets than a path carries are sent, but not kept.
  static constexpr size_t kMostPacket = 1600;
  static constexpr net::Duration kMostAge = std::chrono::seconds(2);
  // "About a round trip", where that is shorter.
  static constexpr net::Duration kLeastWait = std::chrono::milliseconds(20);

  // `capacity` is a few kMostPacket at least.
  explicit PacketHistory(size_t capacity);

  void Remember(uint16_t number, Bytes packet, net::Instant now);
  // Counted as sent again now; the same packet is given once in a round trip.
  Bytes Recall(uint16_t number, net::Duration round_trip_time, net::Instant now);

 private:
  struct Slot {
    uint64_t position = 0;  // of the bytes ever written; kept as long as none are written over it
    net::Instant sent;
    net::Instant not_before;
    uint16_t number = 0;
    uint16_t size = 0;  // 0: none
  };

  const size_t capacity_;
  const std::unique_ptr<uint8_t[]> bytes_;  // a ring
  uint64_t written_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace koeru::media
