#pragma once

// Packets that are sent later, in the order and at the distances in which they came.
//
//   DelayLine<OutgoingStream*> line(delay);
//   line.Add(stream, packet, now);
//   while (auto packet = line.Take(now)) Send(packet->to, packet->bytes)
//
// Bounded: kMostBytes and kMostPackets; the oldest go first and are counted.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/bytes/reader.h"
#include "core/net/time.h"

namespace koeru::media {

template <typename To>
class DelayLine {
 public:
  // 5 s of 6 Mbit/s.
  static constexpr size_t kMostBytes = 4 << 20;
  static constexpr size_t kMostPackets = 8192;

  struct Packet {
    net::Instant due;
    To to{};
    std::vector<uint8_t> bytes;
  };

  explicit DelayLine(net::Duration delay) : delay_(delay) {}

  void Add(To to, Bytes packet, net::Instant now) {
    // A clock that steps back must not put them out of order.
    net::Instant due = now + delay_;
    if (!packets_.empty() && due < packets_.back().due) due = packets_.back().due;
    packets_.push_back({due, to, {packet.begin(), packet.end()}});
    bytes_ += packet.size();
    while (bytes_ > kMostBytes || packets_.size() > kMostPackets) {
      Pop();
      ++dropped_;
    }
  }
  std::optional<Packet> Take(net::Instant now) {
    if (packets_.empty() || now < packets_.front().due) return std::nullopt;
    return Pop();
  }

  net::Duration delay() const { return delay_; }
  net::Instant NextDeadline() const {
    return packets_.empty() ? net::Instant::Max() : packets_.front().due;
  }
  size_t bytes() const { return bytes_; }
  uint64_t dropped() const { return dropped_; }

 private:
  Packet Pop() {
    Packet packet = std::move(packets_.front());
    packets_.pop_front();
    bytes_ -= packet.bytes.size();
    return packet;
  }

  const net::Duration delay_;
  std::deque<Packet> packets_;
  size_t bytes_ = 0;
  uint64_t dropped_ = 0;
};

}  // namespace koeru::media
