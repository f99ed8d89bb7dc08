// koeru_fuzzer deps: koeru_turn

#include <algorithm>
#include <vector>

#include "core/turn/channel_data.h"
#include "tests/fuzz/require.h"

using koeru::Bytes;
using koeru::Writer;
using koeru::fuzz::Require;
using koeru::turn::ChannelDataView;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Bytes input(data, size);
  const auto message = ChannelDataView::Parse(input);
  if (!message.ok()) {
    Require(message.error().offset <= size, "an error lies in the input");
    return 0;
  }
  Require(message->data.size() + 4 <= size, "the data lies in the input");
  std::vector<uint8_t> buffer(size + 4, 0xAA);
  for (const auto padding : {koeru::turn::Padding::kNone, koeru::turn::Padding::kToFourBytes}) {
    Writer w(buffer);
    WriteChannelData(w, message->channel, message->data, padding);
    const size_t used = 4 + message->data.size();
    Require(w.ok() && std::ranges::equal(w.written().first(used), input.first(used)),
            "what is written is what was read");
    const auto tail = w.written().subspan(used);
    Require(std::all_of(tail.begin(), tail.end(), [](uint8_t b) { return b == 0; }),
            "padding is zero");
  }
  return 0;
}
