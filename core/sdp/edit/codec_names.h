#pragma once

// The codecs that an edit names, looked up in one section after the other.

#include "core/sdp/codec_list.h"
#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

class NamedCodecs {
 public:
  explicit NamedCodecs(std::span<const std::string_view> names);

  // Nothing, or too many of them.
  EditResult Check() const;
  size_t size() const { return names_.size(); }
  // The first name that the codec has; nullopt when it has none of them.
  std::optional<size_t> Match(const Codec& codec);
  // A name that was never matched is an error.
  EditResult Finish() const;

 private:
  struct Name {
    std::string_view text;
    CodecName codec;
    bool matched = false;
  };
  std::vector<Name> names_;
};

}  // namespace koeru::sdp
