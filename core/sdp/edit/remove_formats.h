#pragma once

// Formats taken out of a media section, with all that speaks of them.

#include "core/sdp/codec_list.h"
#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

// `removed` has one value for each codec of the list. An error when no codec would be left that
// carries media.
EditResult RemoveFormats(SectionEdit& edit, const CodecList& list,
                         const std::vector<bool>& removed);

}  // namespace koeru::sdp
