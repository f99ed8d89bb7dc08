#include "core/inspect/channel_data_tree.h"

#include <algorithm>

#include "core/bytes/number.h"
#include "core/turn/channel_data.h"

namespace koeru::inspect {

Node InspectChannelData(Bytes bytes, const InspectOptions& options) {
  const size_t base = options.base;
  Node tree("ChannelData", base, bytes.size(), {}, "RFC 8656 §12.4");
  const auto message = turn::ChannelDataView::Parse(bytes);
  if (!message.ok()) AddError(tree, message.error(), base);

  Reader r(bytes);
  const uint16_t channel = r.U16();
  if (!r.ok()) return tree;
  tree.value = "channel ";
  tree.value += ToHexNumber(channel, 4);
  Node& number = tree.Add({"channel number", base, 2, ToHexNumber(channel, 4), "RFC 8656 §12"});
  if (!turn::IsChannelNumber(channel)) {
    number.Say(Severity::kWarning,
               turn::IsChannelNumber(channel, turn::kMaxChannelRfc5766)
                   ? "outside 0x4000-0x4FFF: RFC 5766 had it, RFC 8656 reserves it"
                   : "outside 0x4000-0x4FFF: no channel number of any RFC");
  }
  const size_t length = r.U16();
  if (!r.ok()) return tree;
  tree.value += ", ";
  tree.value += std::to_string(length);
  tree.value += " bytes";
  tree.Add({"length", base + 2, 2, std::to_string(length)});

  InspectOptions inner = options;
  inner.base = base + r.offset();
  const Bytes data = r.Take(std::min(length, r.remaining()));
  Node& node = tree.Add({"application data", inner.base, data.size(), HexPreview(data)});
  if (message.ok()) AddPayload(node, data, inner);
  if (r.remaining() > 0) {
    tree.Add({"padding", base + r.offset(), r.remaining(), HexPreview(r.Rest()), "RFC 8656 §12.5"});
  }
  return tree;
}

}  // namespace koeru::inspect
