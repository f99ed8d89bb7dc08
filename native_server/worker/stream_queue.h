#pragma once

// What waits to be sent to one client over TCP or TLS. A reader that is too slow must not cost
// memory, and what it missed of a call is worth nothing later: above a limit the oldest data
// messages are dropped, each as a whole, so that the stream stays well-formed. Control messages
// (responses) are never dropped.
//
//   StreamQueue queue;
//   dropped += queue.Add(StreamQueue::Kind::kData, {.header = ..., .payload = ..., .tail = ...});
//   const ssize_t sent = send(fd, queue.front().data(), queue.front().size(), ...);
//   queue.Pop(sent);

#include <deque>
#include <vector>

#include "core/bytes/reader.h"
#include "native_server/io/send_queue.h"

namespace koeru::server {

class StreamQueue {
 public:
  enum class Kind : uint8_t { kControl, kData };

  // Half a second of 4 Mbit/s. When it is exceeded the older half goes.
  static constexpr size_t kDataLimit = 256u << 10;
  // Responses that a client does not read although it goes on asking: see overfull().
  static constexpr size_t kControlLimit = 256u << 10;

  // Copies one message. How many older ones were dropped for it.
  size_t Add(Kind kind, const Outgoing& message);

  // Everything that waits, in order; valid until the next Add or Pop.
  Bytes front() const { return Bytes(bytes_).subspan(begin_); }
  // The first message, or what is left of it. There must be one.
  Bytes first_message() const { return front().first(messages_.front().size); }
  bool empty() const { return begin_ == bytes_.size(); }
  size_t size() const { return bytes_.size() - begin_; }
  // The first `size` bytes of front() are on their way.
  void Pop(size_t size);

  // Such a connection is to be closed.
  bool overfull() const { return control_bytes_ > kControlLimit; }

 private:
  struct Message {
    size_t size = 0;  // what is left of it
    Kind kind = Kind::kControl;
    bool begun = false;
  };
  size_t DropOldest();

  std::vector<uint8_t> bytes_;
  size_t begin_ = 0;
  std::deque<Message> messages_;
  size_t data_bytes_ = 0;
  size_t control_bytes_ = 0;
};

}  // namespace koeru::server
