#pragma once

// One direction of a captured TCP connection, put in order: retransmissions and overlaps are
// dropped, segments that came early wait. RFC 9293 section 3.4: sequence numbers wrap around.
//
//   TcpStream stream;
//   stream.OnSegment(sequence, syn, payload, [&](Bytes in_order) { framer.Append(in_order); });
//
// Memory: at most kMaxWaiting bytes wait for a segment that is missing. Beyond, the stream is given
// up: lost() is true and nothing more comes.

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::tools {

class TcpStream {
 public:
  static constexpr size_t kMaxWaiting = 256 * 1024;
  static constexpr size_t kMaxWaitingSegments = 1024;

  // Calls `deliver` with every run of bytes that is in order now. A capture that began in the
  // middle of a connection starts with its first segment.
  template <typename Deliver>
  void OnSegment(uint32_t sequence, bool syn, Bytes payload, Deliver deliver) {
    if (lost_) return;
    if (syn) ++sequence;  // RFC 9293 section 3.4: SYN takes one number
    if (!next_) next_ = Unwrapped{sequence, kStart};
    if (payload.empty()) return;
    const int64_t at = Unwrap(sequence);
    if (at > next_->position) return Keep(at, payload);
    Take(at, payload, deliver);
    while (!waiting_.empty() && waiting_.begin()->first <= next_->position) {
      const auto node = waiting_.extract(waiting_.begin());
      waiting_bytes_ -= node.mapped().size();
      Take(node.key(), node.mapped(), deliver);
    }
  }

  bool lost() const { return lost_; }

 private:
  static constexpr int64_t kStart = int64_t{1} << 40;
  // The next sequence number, and its place in a count that does not wrap.
  struct Unwrapped {
    uint32_t sequence = 0;
    int64_t position = 0;
  };

  int64_t Unwrap(uint32_t sequence) const {
    return next_->position + static_cast<int32_t>(sequence - next_->sequence);
  }
  template <typename Deliver>
  void Take(int64_t at, Bytes payload, Deliver deliver) {
    const auto seen = static_cast<uint64_t>(next_->position - at);
    if (seen >= payload.size()) return;
    const Bytes fresh = payload.subspan(static_cast<size_t>(seen));
    next_->sequence += static_cast<uint32_t>(fresh.size());
    next_->position += static_cast<int64_t>(fresh.size());
    deliver(fresh);
  }
  void Keep(int64_t at, Bytes payload) {
    auto [place, fresh] = waiting_.try_emplace(at);
    if (!fresh && place->second.size() >= payload.size()) return;
    waiting_bytes_ += payload.size() - place->second.size();
    place->second.assign(payload.begin(), payload.end());
    if (waiting_bytes_ <= kMaxWaiting && waiting_.size() <= kMaxWaitingSegments) return;
    lost_ = true;
    waiting_.clear();
  }

  std::optional<Unwrapped> next_;
  std::map<int64_t, std::vector<uint8_t>> waiting_;
  size_t waiting_bytes_ = 0;
  bool lost_ = false;
};

}  // namespace koeru::tools
