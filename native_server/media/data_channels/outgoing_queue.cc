#include "native_server/media/data_channels/outgoing_queue.h"

#include <utility>

namespace koeru::server {

void OutgoingQueue::Clear() {
  entries_.clear();
  bytes_ = 0;
}

void OutgoingQueue::PushMessage(const SctpMessage& message) {
  Entry entry{false, message, {message.content.begin(), message.content.end()}};
  entry.message.content = entry.content;
  bytes_ += entry.content.size() + kMessageOverhead;
  entries_.push_back(std::move(entry));
}

void OutgoingQueue::PushReset(uint16_t stream) {
  Entry entry;
  entry.is_reset = true;
  entry.message.stream = stream;
  entries_.push_back(std::move(entry));
}

void OutgoingQueue::Pop() {
  const Entry& entry = entries_.front();
  if (!entry.is_reset) bytes_ -= entry.content.size() + kMessageOverhead;
  entries_.pop_front();
}

}  // namespace koeru::server
