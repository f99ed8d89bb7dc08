#pragma once

// Which codec of one media section is which of another, whatever their payload types are.

#include "core/sdp/codec_list.h"

namespace koeru::sdp {

class CodecMatch {
 public:
  // Codecs with the same name and parameters are partners, then those with the same name and
  // payload type, then those with the same name, in order. An rtx is known by the codec that it
  // repeats.
  CodecMatch(const Document& before, const CodecList& list_before, const Document& after,
             const CodecList& list_after);

  // Indexes into the other list; nullopt for a codec that only one has.
  const std::vector<std::optional<size_t>>& partners_of_before() const { return of_before_; }
  const std::vector<std::optional<size_t>>& partners_of_after() const { return of_after_; }

  // The parameters of a codec in an order of their own; the payload types among those of the first
  // description are the second's.
  std::string ParametersBefore(size_t codec) const;
  std::string ParametersAfter(size_t codec) const;
  // The second description's payload type for one of the first; the same one when there is none.
  std::string_view Translate(std::string_view format) const;

 private:
  using Keys = std::vector<std::string>;

  void Pair(const Keys& before, const Keys& after);

  const Document& before_;
  const Document& after_;
  const CodecList& list_before_;
  const CodecList& list_after_;
  std::vector<std::optional<size_t>> of_before_;
  std::vector<std::optional<size_t>> of_after_;
};

// "VP8/90000", "opus/48000/2"; the format when the name is not known.
std::string CodecText(const Codec& codec);

}  // namespace koeru::sdp
