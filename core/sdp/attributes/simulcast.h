#pragma once

// RFC 8853 section 5.1: several encodings of one medium, by their rids.
//
//   a=simulcast:send <streams> [recv <streams>]
//   a=simulcast:send 1,~4;2;3 recv 5      ";" between streams, "," between alternatives, "~" paused
//
// draft-ietf-mmusic-sdp-simulcast-03, as Firefox wrote it until version 60:
//
//   a=simulcast: send rid=1;2 paused=2

#include "core/sdp/stream_direction.h"
#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct SimulcastFormat {
  bool paused = false;
  std::string_view id;  // of an a=rid line

  void Describe(Syntax& s) {
    s.Flag("paused", "~", paused);
    s.Text("id", id, kRidId);
  }
};

struct SimulcastStreams {
  StreamDirection direction = StreamDirection::kSend;
  bool names_rid = false;  // draft 03: "rid=" in front
  bool names_pt = false;   // draft 03: "pt=" in front; the ids are payload types
  std::vector<std::vector<SimulcastFormat>> streams;
  std::vector<std::string_view> paused;  // draft 03

  void Describe(Syntax& s) {
    s.Word("direction", direction, kStreamDirections);
    s.Literal(" ");
    s.LenientFlag("draft03Rid", "rid=", names_rid);
    if (!names_rid) s.LenientFlag("draft03Pt", "pt=", names_pt);
    s.List("streams", ";", streams, [](Syntax& item, std::vector<SimulcastFormat>& alternatives) {
      item.List("", ",", alternatives);
    });
    if (!names_rid && !names_pt) return;
    if (!s.Optional("draft03Paused", " paused=", !paused.empty())) return;
    s.List("draft03Paused", ",", paused,
           [](Syntax& item, std::string_view& id) { item.Text("", id, kRidId); });
  }
};

struct Simulcast {
  static constexpr std::string_view kName = "simulcast";

  std::string_view spacing;  // draft 03
  std::vector<SimulcastStreams> directions;

  void Describe(Syntax& s) {
    s.Text("spacing", spacing, kSpacingIfLenient);
    s.List("directions", " ", directions, Syntax::AtMost{2});
    s.Require(directions.size() != 2 || directions[0].direction != directions[1].direction,
              "directions", "the same direction twice");
  }
};

}  // namespace koeru::sdp
