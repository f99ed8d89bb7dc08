#pragma once

// What becomes of a=rid (RFC 8851) and a=simulcast (RFC 8853) lines when payload types go.

#include <functional>

#include "core/sdp/codec_list.h"
#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

// Takes the removed formats out of pt= lists. A rid that is left with none goes, and so do those
// that depend on it; a=simulcast names neither any more.
void MendRids(SectionEdit& edit, const CodecList& list, const std::vector<bool>& removed);

// Takes streams out of an a=simulcast line: `is_gone` is asked for each id, and whether it is a
// payload type (draft 03). The line goes when nothing is left of it.
void MendSimulcast(SectionEdit& edit, size_t index,
                   const std::function<bool(std::string_view id, bool is_format)>& is_gone);

// Calls back with each part of "96,97".
void ForEachListed(std::string_view list, const std::function<void(std::string_view)>& function);

}  // namespace koeru::sdp
