#pragma once

// RFC 8839 section 5.1: an address under which this side may be reached. core/ice reads and writes
// it.
//
//   a=candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665

#include "core/ice/candidate.h"
#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Candidate {
  static constexpr std::string_view kName = "candidate";

  ice::Candidate candidate;

  void Describe(Syntax& s) { s.Candidate(candidate); }
};

}  // namespace koeru::sdp
