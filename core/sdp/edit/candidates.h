#pragma once

// ICE candidates in media sections: RFC 8839 section 5.1.
//
//   AddCandidate(offer, 1, "candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host");
//   RemoveCandidates(offer, kEveryMediaSection, {"type=host", "transport=tcp"});

#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

// With "a=candidate:", "candidate:" or neither in front; "" or "end-of-candidates" says that no
// more will come (RFC 8840). An error when the candidate is there already, is of another ICE
// generation (its ufrag extension), or no one section is named for it.
EditResult AddCandidate(Document& document, size_t section, std::string_view candidate);

// Those to which all filters apply: type=, transport=, address=, port=, component=, foundation=,
// tcptype=. Without a filter all of them, and a=end-of-candidates with them. That there is none to
// remove is no error.
EditResult RemoveCandidates(Document& document, size_t section,
                            std::span<const std::string_view> filters);

}  // namespace koeru::sdp
