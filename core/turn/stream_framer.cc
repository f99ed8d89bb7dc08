#include "core/turn/stream_framer.h"

#include "core/stun/message_view.h"
#include "core/stun/transaction_id.h"
#include "core/turn/channel_data.h"

namespace koeru::turn {

void StreamFramer::Append(Bytes bytes) {
  if (error_) return;
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken_));
  stream_offset_ += taken_;
  taken_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

Result<StreamFramer::Extent> StreamFramer::Measure(Bytes head) const {
  if (head.empty()) return Extent{};
  Extent extent;
  Reader r(head);
  const uint8_t top = head[0] >> 6;
  if (top > 1) return ParseError{"neither STUN nor ChannelData on this stream", 0};
  if (head.size() < 4) return Extent{};
  r.U16();
  const size_t length = r.U16();
  if (top == 1) {
    extent.kind = FrameKind::kChannelData;
    extent.size = kChannelDataHeaderSize + length;
    extent.padded = extent.size + PaddingOf(extent.size);
  } else {
    // RFC 8489 section 5: "the last 2 bits of this field are always zero".
    if (length % 4 != 0) return ParseError{"the message length is not a multiple of 4", 2};
    extent.size = stun::kHeaderSize + length;
    extent.padded = extent.size;
  }
  // In the order in which the bytes arrive, so that the verdict does not depend on how the stream
  // is cut.
  if (extent.size > max_message_size_) {
    return ParseError{"a message is larger than this stream allows", 2};
  }
  if (extent.kind == FrameKind::kStun && head.size() >= 8 && r.U32() != stun::kMagicCookie) {
    return ParseError{"the magic cookie 0x2112A442 is missing", 4};
  }
  return extent;
}

std::optional<Frame> StreamFramer::Next() {
  if (error_) return std::nullopt;
  const Bytes head = Bytes(buffer_).subspan(taken_);
  const Result<Extent> extent = Measure(head);
  if (!extent.ok()) {
    error_ = extent.ErrorShiftedBy(stream_offset_ + taken_);
    return std::nullopt;
  }
  if (extent->size == 0 || extent->padded > head.size()) return std::nullopt;
  const MutableBytes frame = MutableBytes(buffer_).subspan(taken_, extent->size);
  taken_ += extent->padded;
  return Frame{extent->kind, frame};
}

}  // namespace koeru::turn
