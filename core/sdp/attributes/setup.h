#pragma once

// RFC 4145 section 4: who opens the connection; with DTLS, who is the client (RFC 8842
// section 5.3).
//
//   a=setup:active|passive|actpass|holdconn        offers say actpass, answers active or passive
//
// RFC 4145 section 5: whether an offer keeps the connection or wants a new one.
//
//   a=connection:new|existing

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Setup {
  static constexpr std::string_view kName = "setup";

  enum class Role : uint8_t { kActive, kPassive, kActpass, kHoldconn };
  Role role = Role::kActpass;

  void Describe(Syntax& s) { s.Word("", role, "active|passive|actpass|holdconn"); }
};

struct Connection {
  static constexpr std::string_view kName = "connection";

  enum class Wish : uint8_t { kNew, kExisting };
  Wish wish = Wish::kNew;

  void Describe(Syntax& s) { s.Word("", wish, "new|existing"); }
};

}  // namespace koeru::sdp
