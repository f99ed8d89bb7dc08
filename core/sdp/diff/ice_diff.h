#pragma once

// The ICE credentials of two sections: RFC 8839 section 5.4.

#include "core/sdp/diff/difference.h"
#include "core/sdp/document.h"

namespace koeru::sdp {

// Indexes of lines, the section's own or the session's.
struct IceLines {
  std::optional<size_t> ufrag;
  std::optional<size_t> pwd;
};

// RFC 8839 section 4.4.1.1.1: "To restart ICE, the agent MUST change both the ice-pwd and the
// ice-ufrag".
void CompareIce(const Document& before, const IceLines& lines_before, const Document& after,
                const IceLines& lines_after, size_t order, DiffReport& report);

}  // namespace koeru::sdp
