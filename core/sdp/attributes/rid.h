#pragma once

// RFC 8851 section 4: a restriction of an RTP stream, under a name.
//
//   a=rid:<rid-id> <direction> [pt=<fmt-list>;<restriction>=<value>;...]
//   a=rid:1 send pt=97,98;max-width=1280;max-height=720

#include "core/sdp/stream_direction.h"
#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct RidParameter {
  std::string_view
      name;  // pt, max-width, max-height, max-fps, max-fs, max-br, max-pps, max-bpp, depend
  std::optional<std::string_view> value;

  void Describe(Syntax& s) {
    s.LenientSpaces();
    s.Text("name", name, kRestrictionName);
    s.OptionalText("value", "=", value, kRestrictionValue);
  }
};

struct Rid {
  static constexpr std::string_view kName = "rid";

  std::string_view id;
  StreamDirection direction = StreamDirection::kSend;
  std::vector<RidParameter> parameters;

  void Describe(Syntax& s) {
    s.Text("id", id, kRidId);
    s.Literal(" ");
    s.Word("direction", direction, kStreamDirections);
    if (s.Optional("parameters", " ", !parameters.empty())) s.List("parameters", ";", parameters);
  }
};

}  // namespace koeru::sdp
