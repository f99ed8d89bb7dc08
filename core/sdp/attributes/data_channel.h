#pragma once

// RFC 8864: data channels that are agreed in the description instead of in band.
//
//   a=dcmap:<stream id> [<name>=<value>;...]         section 5.1
//   a=dcmap:2 subprotocol="bfcp";label="a channel"
//   a=dcsa:<stream id> <attribute>[:<value>]         section 5.2: an attribute of one channel
//   a=dcsa:2 accept-types:text/plain

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct DataChannelOption {
  std::string_view name;  // ordered, subprotocol, label, max-retr, max-time, priority
  std::optional<std::string_view> value;  // as written, with its quotation marks

  void Describe(Syntax& s) {
    s.LenientSpaces();
    s.Text("name", name, kToken);
    s.OptionalText("value", "=", value, kOptionValue);
    s.RequireIfStrict(value.has_value(), "name", "expected '=' and a value behind the name");
  }
};

struct Dcmap {
  static constexpr std::string_view kName = "dcmap";

  uint16_t stream_id = 0;
  std::vector<DataChannelOption> options;

  void Describe(Syntax& s) {
    s.Number("streamId", stream_id);
    if (s.Optional("options", " ", !options.empty())) s.List("options", ";", options);
  }
};

struct Dcsa {
  static constexpr std::string_view kName = "dcsa";

  uint16_t stream_id = 0;
  std::string_view attribute;
  std::optional<std::string_view> value;

  void Describe(Syntax& s) {
    s.Number("streamId", stream_id);
    s.Literal(" ");
    s.Text("attribute", attribute, kAttributeName);
    s.OptionalText("value", ":", value, kRestOrEmpty);
  }
};

}  // namespace koeru::sdp
