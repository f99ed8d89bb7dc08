#pragma once

// RFC 8830 section 2: the MediaStream, and formerly the track, that a section's media belong to.
//
//   a=msid:<stream id> [<track id>]      "-" as stream: none
//
// msid-semantic (draft-ietf-mmusic-msid-02) said which of them are WebRTC's; it is still sent.
//
//   a=msid-semantic: WMS [<stream id> ...]      with "*" for all

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Msid {
  static constexpr std::string_view kName = "msid";

  std::string_view stream;
  std::optional<std::string_view> track;

  void Describe(Syntax& s) {
    s.Text("stream", stream, kMsid);
    s.OptionalText("track", " ", track, kMsid);
  }
};

struct MsidSemantic {
  static constexpr std::string_view kName = "msid-semantic";

  std::string_view spacing;  // browsers put a blank here
  std::string_view semantic;
  std::vector<std::string_view> streams;

  void Describe(Syntax& s) {
    s.Text("spacing", spacing, kSpacing);
    s.Text("semantic", semantic, kToken);
    s.LedList("streams", " ", streams,
              [](Syntax& item, std::string_view& stream) { item.Text("", stream, kMsid); });
  }
};

}  // namespace koeru::sdp
