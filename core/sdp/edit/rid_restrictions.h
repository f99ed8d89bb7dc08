#pragma once

// What a stream is restricted to: RFC 8851 section 5.
//
//   pt=96,97;max-width=1280;max-height=720;max-fps=30;max-fs=3600;max-br=1000000;max-pps=...;
//   max-bpp=0.5;depend=q,h

#include "core/sdp/codec_list.h"
#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

// Formats must be in the m= line, the streams of depend= among `ids`; pt= comes first (section 10).
// An empty text restricts nothing.
EditResult CheckRidRestrictions(std::string_view restrictions, const CodecList& list,
                                std::span<const std::string_view> ids);

}  // namespace koeru::sdp
