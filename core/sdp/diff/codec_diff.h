#pragma once

// The codecs of two media sections.

#include "core/sdp/diff/codec_match.h"
#include "core/sdp/diff/difference.h"

namespace koeru::sdp {

// Takes the places from `order` to `order` + 4 among the differences.
void CompareCodecs(const CodecList& before, const CodecList& after, const CodecMatch& match,
                   size_t order, DiffReport& report);

}  // namespace koeru::sdp
