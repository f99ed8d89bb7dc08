#include "core/sdp/edit/codec_names.h"

namespace koeru::sdp {
namespace {

// As many as RTP has payload types.
constexpr size_t kMaxNames = 128;

}  // namespace

NamedCodecs::NamedCodecs(std::span<const std::string_view> names) {
  if (names.size() > kMaxNames) names = names.first(kMaxNames + 1);
  for (const std::string_view name : names) names_.push_back({name, CodecName(name)});
}

EditResult NamedCodecs::Check() const {
  if (names_.empty()) return EditError{"names no codec: write \"VP8\" or a payload type", "codec"};
  if (names_.size() > kMaxNames) return EditError{"names more than 128 codecs", "codec"};
  return std::nullopt;
}

std::optional<size_t> NamedCodecs::Match(const Codec& codec) {
  std::optional<size_t> first;
  for (size_t i = 0; i < names_.size(); ++i) {
    if (!names_[i].codec.Matches(codec)) continue;
    names_[i].matched = true;
    if (!first) first = i;
  }
  return first;
}

EditResult NamedCodecs::Finish() const {
  for (const Name& name : names_) {
    if (name.matched) continue;
    return EditError{"there is no codec " + Quoted(name.text) +
                         ": name one by its a=rtpmap or by its payload type in the m= line",
                     "codec"};
  }
  return std::nullopt;
}

}  // namespace koeru::sdp
