#include "native_server/worker/stream_queue.h"

#include <algorithm>

namespace koeru::server {

size_t StreamQueue::Add(Kind kind, const Outgoing& message) {
  for (const Bytes part : {message.header, message.payload, message.tail}) {
    bytes_.insert(bytes_.end(), part.begin(), part.end());
  }
  messages_.push_back({.size = message.size(), .kind = kind});
  (kind == Kind::kData ? data_bytes_ : control_bytes_) += message.size();
  return data_bytes_ > kDataLimit ? DropOldest() : 0;
}

void StreamQueue::Pop(size_t size) {
  begin_ += size;
  while (size > 0) {
    Message& first = messages_.front();
    const size_t taken = std::min(size, first.size);
    first.size -= taken;
    first.begun = true;
    (first.kind == Kind::kData ? data_bytes_ : control_bytes_) -= taken;
    size -= taken;
    if (first.size == 0) messages_.pop_front();
  }
  // What was sent goes once it is the larger part: each byte is moved once at most.
  if (begin_ * 2 >= bytes_.size()) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
}

// Half of the limit at once, so that a reader that stays slow does not cost a move of everything
// for each packet. A message that is partly sent has to be finished.
size_t StreamQueue::DropOldest() {
  std::vector<uint8_t> kept_bytes;
  std::deque<Message> kept;
  kept_bytes.reserve(size());
  size_t dropped = 0;
  size_t at = begin_;
  for (const Message& message : messages_) {
    const bool drop = message.kind == Kind::kData && !message.begun && data_bytes_ > kDataLimit / 2;
    if (drop) {
      data_bytes_ -= message.size;
      ++dropped;
    } else {
      const auto first = bytes_.begin() + static_cast<std::ptrdiff_t>(at);
      kept_bytes.insert(kept_bytes.end(), first, first + static_cast<std::ptrdiff_t>(message.size));
      kept.push_back(message);
    }
    at += message.size;
  }
  bytes_.swap(kept_bytes);
  begin_ = 0;
  messages_.swap(kept);
  return dropped;
}

}  // namespace koeru::server
