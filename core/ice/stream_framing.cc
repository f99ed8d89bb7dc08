#include "core/ice/stream_framing.h"

#include <cstddef>

#include "core/stun/transaction_id.h"

namespace koeru::ice {
namespace {

// Of a STUN message: type, length, cookie.
constexpr size_t kCookieOffset = 4;
constexpr size_t kCookieSize = 4;

bool HasCookieAt(Bytes head, size_t offset) {
  return Reader(head.subspan(offset)).U32() == stun::kMagicCookie;
}

}  // namespace

void StreamFraming::Append(Bytes bytes) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken_));
  taken_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

std::optional<MutableBytes> StreamFraming::Next() {
  const MutableBytes waiting = MutableBytes(buffer_).subspan(taken_);
  if (waiting.size() < kHeaderSize) return std::nullopt;
  const size_t size = Reader(waiting).U16();
  if (waiting.size() - kHeaderSize < size) return std::nullopt;
  taken_ += kHeaderSize + size;
  return waiting.subspan(kHeaderSize, size);
}

StreamStart JudgeStreamStart(Bytes head) {
  if (head.size() >= kCookieOffset + kCookieSize && HasCookieAt(head, kCookieOffset)) {
    return StreamStart::kOther;
  }
  constexpr size_t kEnd = StreamFraming::kHeaderSize + kCookieOffset + kCookieSize;
  // A length of 256 or more is longer than any connectivity check; ChannelData begins with 64.
  if (!head.empty() && head[0] > 3) return StreamStart::kOther;
  if (head.size() < kEnd) return StreamStart::kNeedsMore;
  return HasCookieAt(head, StreamFraming::kHeaderSize + kCookieOffset) ? StreamStart::kIce
                                                                       : StreamStart::kOther;
}

}  // namespace koeru::ice
