#pragma once

// RFC 8866 section 5.2: who made the session, and which version of it this is.
//
//   o=<username> <sess-id> <sess-version> <nettype> <addrtype> <unicast-address>
//   o=- 4611731400430051336 2 IN IP4 127.0.0.1
//
// RFC 8829 section 5.2.1: the version grows by one with each offer or answer that differs.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Origin {
  static constexpr std::string_view kName = "o=";

  std::string_view username = "-";
  // Digits: both numbers have no upper bound.
  std::string_view session_id;
  std::string_view session_version;
  std::string_view network_type = "IN";
  std::string_view address_type = "IP4";
  std::string_view address;

  void Describe(Syntax& s) {
    s.Text("username", username, kNonSpace);
    s.Literal(" ");
    s.Text("sessionId", session_id, kDigits);
    s.Literal(" ");
    s.Text("sessionVersion", session_version, kDigits);
    s.Literal(" ");
    s.Text("networkType", network_type, kToken);
    s.Literal(" ");
    s.Text("addressType", address_type, kToken);
    s.Literal(" ");
    s.Text("address", address, kNonSpace);
  }
};

}  // namespace koeru::sdp
