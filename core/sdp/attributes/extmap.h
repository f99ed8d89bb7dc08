#pragma once

// RFC 8285 section 5: the number under which an RTP header extension travels.
//
//   a=extmap:<value>["/"<direction>] <URI> [<extension attributes>]
//   a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
//   a=extmap:4/recvonly http://example.org/082005/ext.htm#xmeta short
//   a=extmap:2 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:smpte-tc 25@600/24
//
// RFC 8285 sections 4.2 and 4.3: 1 to 14 fit in the one-byte form, 1 to 255 in the two-byte form, 0
// is padding. Section 7: 4096 to 4351 are placeholders in offers with too many. RFC 6904 section 4:
// with the URI "encrypt", the attributes begin with the URI of the extension that is encrypted.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Extmap {
  static constexpr std::string_view kName = "extmap";

  uint32_t id = 1;
  std::optional<std::string_view> direction;
  std::string_view uri;
  std::optional<std::string_view> attributes;

  void Describe(Syntax& s) {
    s.Number("id", id, 0, 99'999);
    s.RequireIfStrict((id >= 1 && id <= 255) || (id >= 4096 && id <= 4351), "id",
                      "expected a number from 1 to 255, or from 4096 to 4351");
    s.OptionalText("direction", "/", direction, kToken);
    s.RequireIfStrict(
        !direction || MeasureListed(*direction, "sendrecv|sendonly|recvonly|inactive") > 0,
        "direction", "expected one of sendrecv|sendonly|recvonly|inactive");
    s.Literal(" ");
    s.Text("uri", uri, kUriWord);
    s.OptionalText("attributes", " ", attributes, kRest);
  }
};

}  // namespace koeru::sdp
