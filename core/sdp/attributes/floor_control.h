#pragma once

// RFC 8856 section 5: BFCP, which gives one person at a time the floor.
//
//   a=floorctrl:c-only s-only           5.1: the roles that this side can take
//   a=confid:4321                       5.2
//   a=userid:1234                       5.3
//   a=floorid:1 mstrm:10 11             5.4: a floor, and the media (by label) under it

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Floorctrl {
  static constexpr std::string_view kName = "floorctrl";

  std::vector<std::string_view> roles;

  void Describe(Syntax& s) {
    s.List("", " ", roles, [](Syntax& item, std::string_view& role) {
      item.Text("", role, kToken);
      item.RequireIfStrict(MeasureListed(role, "c-only|s-only|c-s") > 0, "",
                           "expected one of c-only|s-only|c-s");
    });
  }
};

struct Confid {
  static constexpr std::string_view kName = "confid";

  uint32_t conference = 0;

  void Describe(Syntax& s) { s.Number("", conference); }
};

struct Userid {
  static constexpr std::string_view kName = "userid";

  uint32_t user = 0;

  void Describe(Syntax& s) { s.Number("", user); }
};

struct Floorid {
  static constexpr std::string_view kName = "floorid";

  uint32_t floor = 0;
  std::vector<std::string_view> streams;
  bool old_keyword = false;  // "m-stream", as RFC 4583 had it

  void Describe(Syntax& s) {
    s.Number("floor", floor);
    if (!s.Optional("streams", " m", !streams.empty())) return;
    s.LenientFlag("oldKeyword", "-stream", old_keyword);
    s.Literal(old_keyword ? ":" : "strm:");
    s.List("streams", " ", streams,
           [](Syntax& item, std::string_view& label) { item.Text("", label, kToken); });
  }
};

}  // namespace koeru::sdp
