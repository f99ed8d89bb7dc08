#pragma once

// ICE candidates as the JSON that koeru.js hands to pages (js/koeru.d.ts, Candidate), and back from
// the fields that it passes.
//
//   CandidateJson(*ice::Candidate::Parse("candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host"))
//     // {"prefix":"candidate:","foundation":"1","component":1,"transport":"udp",
//     //  "priority":2130706431,"address":"192.0.2.1","addressType":"ipv4","port":5000,
//     //  "type":"host","extensions":[],
//     //  "priorityParts":{"typePreference":126,"localPreference":65535,"component":1}}
//
// relatedAddress, relatedPort, tcpType, generation, usernameFragment, networkId and networkCost are
// there when the candidate has them. `extensions` has {"name","value"} of all that follows rport,
// in order. The end of candidates has "endOfCandidates":true, its prefix, and all else empty or
// zero.

#include <span>
#include <string>
#include <string_view>

#include "core/bytes/result.h"
#include "core/ice/candidate.h"

namespace koeru::inspect {

std::string CandidateJson(const ice::Candidate& candidate);

struct FormattedCandidate {
  std::string line;  // empty on error (and for the end of candidates, when ok)
  bool ok = false;
  ParseError error;   // the offset counts within the field
  std::string field;  // "address", "extensions[2].value"
};

// `fields`: prefix, foundation, component, transport, priority, address, port, type, related
// address and related port (each may be empty: left out), then name and value of each extension.
// The line is checked by ice::Candidate::Parse(). Foundation and type both empty: the end of
// candidates.
FormattedCandidate FormatCandidate(std::span<const std::string_view> fields);

}  // namespace koeru::inspect
