#pragma once

// Which media section of one description is which of another.

#include "core/sdp/document.h"

namespace koeru::sdp {

struct SectionMatch {
  std::optional<size_t> before;  // indexes of Document::sections()
  std::optional<size_t> after;

  friend bool operator==(const SectionMatch&, const SectionMatch&) = default;
};

// By mid, and where one of the two has none, by index and medium. In the order of the second
// description; sections that only the first one has come last.
std::vector<SectionMatch> MatchSections(const Document& before, const Document& after);

// The value of a=mid.
std::optional<std::string_view> MidOf(const Document& document, size_t section);

}  // namespace koeru::sdp
