#include "core/inspect/stream_messages.h"

#include "core/inspect/datagram_kind.h"
#include "core/turn/stream_framer.h"

namespace koeru::inspect {

std::vector<Bytes> StreamMessages(Bytes bytes) {
  turn::StreamFramer framer;
  framer.Append(bytes);
  std::vector<Bytes> messages;
  bool known = false;
  size_t at = 0;
  while (const auto frame = framer.Next()) {
    const size_t size = frame->bytes.size();
    // The same bytes in the caller's buffer, which outlives the framer.
    messages.push_back(bytes.subspan(at, size));
    const bool is_channel = frame->kind == turn::FrameKind::kChannelData;
    known |= is_channel ? IsChannelData(messages.back()) : IsStun(messages.back());
    at += size;
    if (is_channel) at += (4 - size % 4) % 4;
  }
  if (framer.error() || framer.buffered() > 0 || !known) return {};
  return messages;
}

}  // namespace koeru::inspect
