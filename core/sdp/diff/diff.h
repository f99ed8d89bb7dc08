#pragma once

// What two session descriptions mean differently.
//
//   for (const Difference& d : Diff(Document::Parse(old_offer), Document::Parse(new_offer)))
//     ...  // "codec-removed": "The codec H264/90000 (102) was removed."
//
// Media sections are matched by their mid (RFC 5888), else by index and medium. Codecs are matched
// by what they are, so that other payload types for the same codecs are one difference each and no
// removal. The order of lines, spaces, and whether a value stands in the session or in each section
// (ICE, DTLS, direction, address) make no difference. What is not known is compared line by line.
//
// The session comes first, then the sections in the order of the second description, then those
// that only the first one has. Takes n log n time; the number of differences is bounded.

#include "core/sdp/diff/difference.h"
#include "core/sdp/document.h"

namespace koeru::sdp {

std::vector<Difference> Diff(const Document& before, const Document& after);

}  // namespace koeru::sdp
