#pragma once

// Finds what is wrong in a session description: what the RFCs forbid, what browsers reject or
// ignore, and what contradicts itself.
//
//   const Document offer = Document::Parse(text);
//   for (const Finding& f : Lint(offer, Mode::kLenient, DescriptionType::kOffer)) ...
//   // error 12:7 "an earlier section has the mid '0', too: give each section its own"
//
// Strict judges by the RFCs, lenient by what Chromium and Firefox take; rule.cc has the table. Both
// find nothing worse than an info in the browsers' own descriptions. At most 1000 findings, in the
// order of lines; names and numbers in messages are escaped and cut. Takes n log n time and memory
// for a few bytes of each line, whatever the text is.
//
// Findings do not refer to the document.

#include <vector>

#include "core/sdp/checks/report.h"
#include "core/sdp/decoder.h"
#include "core/sdp/document.h"

namespace koeru::sdp {

// Some rules are for one of them only; unknown leaves those out.
enum class DescriptionType : uint8_t { kUnknown, kOffer, kAnswer };

std::vector<Finding> Lint(const Document& document, Mode mode,
                          DescriptionType type = DescriptionType::kUnknown);

}  // namespace koeru::sdp
