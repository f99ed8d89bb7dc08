#pragma once

// Cuts STUN messages and ChannelData out of a byte stream (TCP, TLS): RFC 8489 section 6.2.2 and
// RFC 8656 section 12.5. The first two bits tell them apart: 00 STUN, 01 ChannelData, which is
// padded to a multiple of 4 bytes on streams. Anything else ends the stream: there is no way to
// find the next message behind it.
//
//   StreamFramer framer;                      // one per connection
//   framer.Append(received);                  // what recv() gave, in any pieces
//   while (auto frame = framer.Next()) Handle(*frame);
//   if (framer.error()) Close(framer.error()->reason);
//
// Memory: at most one message that is not complete yet and what the last Append brought. Frames
// are views into the framer, valid until the next Append; meanwhile they may be written into.

#include <optional>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru::turn {

enum class FrameKind : uint8_t { kStun, kChannelData };

struct Frame {
  FrameKind kind = FrameKind::kStun;
  MutableBytes bytes;  // the whole message without ChannelData's padding
};

class StreamFramer {
 public:
  // The largest STUN message and the largest ChannelData that fit their 16-bit lengths.
  static constexpr size_t kMaxMessageSize = 20 + 0xFFFF;

  // A smaller limit protects a server from peers that announce much and send little.
  explicit StreamFramer(size_t max_message_size = kMaxMessageSize)
      : max_message_size_(max_message_size) {}

  // Call Next() until it gives nothing before appending again: what has not been taken by then is
  // kept, and only then may more than one message pile up.
  void Append(Bytes bytes);

  // The next whole message, or nullopt: more bytes are needed, or error() is set.
  std::optional<Frame> Next();

  // Set for good once the stream makes no sense. The offset counts from the start of the stream.
  const std::optional<ParseError>& error() const { return error_; }

  // What Next() has not taken; valid until the next Append.
  Bytes rest() const { return Bytes(buffer_).subspan(taken_); }

  // Bytes that wait for the rest of their message.
  size_t buffered() const { return buffer_.size() - taken_; }

 private:
  // The sizes of the message that starts at `head`.
  struct Extent {
    FrameKind kind = FrameKind::kStun;
    size_t size = 0;    // 0: not known yet
    size_t padded = 0;  // size on the stream
  };
  Result<Extent> Measure(Bytes head) const;

  size_t max_message_size_;
  std::vector<uint8_t> buffer_;
  size_t taken_ = 0;          // of buffer_, handed out already
  size_t stream_offset_ = 0;  // of buffer_[0]
  std::optional<ParseError> error_;
};

}  // namespace koeru::turn
