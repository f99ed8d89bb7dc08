// What an association has to send and SCTP does not take yet, in order: messages, and resets of
// streams, which must not overtake the messages before them (RFC 8831 section 6.7).
//
// The owner bounds it by bytes(), in which each message counts with kMessageOverhead. Resets are
// not counted: a channel has one.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "native_server/media/data_channels/sctp_socket.h"

namespace koeru::server {

class OutgoingQueue {
 public:
  // What an empty message costs here.
  static constexpr size_t kMessageOverhead = 128;

  bool empty() const { return entries_.empty(); }
  size_t bytes() const { return bytes_; }
  void Clear();

  void PushMessage(const SctpMessage& message);
  void PushReset(uint16_t stream);

  bool front_is_reset() const { return entries_.front().is_reset; }
  uint16_t front_stream() const { return entries_.front().message.stream; }
  // Its content lives until Pop.
  const SctpMessage& front() const { return entries_.front().message; }
  void Pop();

 private:
  struct Entry {
    bool is_reset = false;
    SctpMessage message;
    std::vector<uint8_t> content;
  };

  std::deque<Entry> entries_;
  size_t bytes_ = 0;
};

}  // namespace koeru::server
