#pragma once

// RFC 8842 section 4: the name of a DTLS association; a new one asks for a new association.
//
//   a=tls-id:<20 to 255 characters>

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct TlsId {
  static constexpr std::string_view kName = "tls-id";

  std::string_view id;

  void Describe(Syntax& s) { s.Text("", id, kTlsId); }
};

}  // namespace koeru::sdp
