#pragma once

// RFC 7273: which clocks media keep to, so that several streams can be played together.
//
//   a=ts-refclk:ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37      section 4.8: the reference clock
//   a=ts-refclk:private:traceable
//   a=mediaclk:direct=963214424 rate=1000/1001                    section 5.4: the media clock
//   a=mediaclk:id=<id> sender

#include "core/ice/token.h"
#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct TsRefclk {
  static constexpr std::string_view kName = "ts-refclk";

  std::string_view source;  // ntp, ptp, gps, gal, glonass, local, private, localmac
  bool traceable = false;   // of a private clock: to a global time
  std::optional<std::string_view> parameter;

  void Describe(Syntax& s) {
    s.Text("source", source, kToken);
    s.Flag("traceable", ":traceable", traceable);
    s.OptionalText("parameter", "=", parameter, kRestOrEmpty);
  }
};

struct Mediaclk {
  static constexpr std::string_view kName = "mediaclk";

  std::optional<std::string_view> id;
  std::string_view clock;  // sender, direct, IEEE1722
  std::optional<std::string_view> value;
  std::optional<std::string_view> rate;

  void Describe(Syntax& s) {
    s.OptionalText("id", "id=", id, kNonSpace);
    if (id) s.Literal(" ");
    s.Text("clock", clock, kToken);
    s.OptionalText("value", "=", value, kNonSpace);
    s.Require(id || !value || !ice::EqualsIgnoringCase(clock, "id"), "clock",
              "'id=' is written in small letters and names no clock");
    s.OptionalText("rate", " rate=", rate, kNonSpace);
  }
};

}  // namespace koeru::sdp
