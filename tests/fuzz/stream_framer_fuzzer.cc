// koeru_fuzzer deps: koeru_turn

// The first byte seeds the sizes of the chunks, the rest is the stream. Frames must not depend on
// how the stream is cut.

#include <algorithm>
#include <random>
#include <vector>

#include "core/stun/message_view.h"
#include "core/turn/channel_data.h"
#include "core/turn/stream_framer.h"
#include "tests/fuzz/require.h"

namespace koeru {
namespace {

using fuzz::Require;
using turn::FrameKind;
using turn::StreamFramer;

struct Outcome {
  std::vector<std::vector<uint8_t>> frames;
  std::optional<ParseError> error;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

template <typename NextSize>
Outcome Cut(Bytes stream, NextSize next_size) {
  constexpr size_t kLimit = 2000;
  StreamFramer framer(kLimit);
  Outcome outcome;
  while (!stream.empty()) {
    const size_t size = std::min(stream.size(), next_size());
    framer.Append(stream.first(size));
    stream = stream.subspan(size);
    while (const auto frame = framer.Next()) {
      Require(frame->bytes.size() <= kLimit, "a frame is bounded");
      if (frame->kind == FrameKind::kStun) {
        Require(stun::MessageView::AnnouncedSize(frame->bytes) == frame->bytes.size(),
                "a STUN frame is one message");
      } else {
        const auto message = turn::ChannelDataView::Parse(frame->bytes);
        Require(message.ok() && message->data.size() + 4 == frame->bytes.size(),
                "a ChannelData frame is one message without padding");
      }
      outcome.frames.emplace_back(frame->bytes.begin(), frame->bytes.end());
    }
    Require(framer.error() || framer.buffered() < kLimit + 4, "what waits is bounded");
  }
  outcome.error = framer.error();
  return outcome;
}

}  // namespace
}  // namespace koeru

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::minstd_rand random(data[0] + 1u);
  const koeru::Bytes stream(data + 1, size - 1);
  const auto whole = koeru::Cut(stream, [] { return SIZE_MAX; });
  const auto pieces = koeru::Cut(stream, [&random] { return size_t{1} + random() % 40; });
  koeru::fuzz::Require(whole == pieces, "frames do not depend on how the stream is cut");
  return 0;
}
