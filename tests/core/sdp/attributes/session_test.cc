// The session as a whole, its clocks, its floors and where it comes from.

#include <gtest/gtest.h>

#include "core/sdp/attributes/clocks.h"
#include "core/sdp/attributes/floor_control.h"
#include "core/sdp/attributes/rtsp.h"
#include "core/sdp/attributes/session_attributes.h"
#include "core/sdp/attributes/source_filter.h"
#include "tests/core/sdp/rewrite.h"

namespace koeru::sdp {
namespace {

TEST(SdpSessionAttributes, Rfc8866_6_TextsAndWords) {
  EXPECT_EQ(Decode<Tool>("koeru 1.0", Mode::kStrict)->text, "koeru 1.0");
  EXPECT_EQ(Decode<Orientation>("seascape", Mode::kStrict)->orient, Orientation::Orient::kSeascape);
  ExpectKept("a=charset:ISO_8859-1:1987");
  ExpectKept("a=type:H332");
  ExpectLenient("a=type:h332", "7 expected one of", "a=type:h332");
  ExpectLenient("a=cat:a b", "7 nothing more", "a=cat:a b");
  ExpectLenient("a=tool:", "7 expected text in one line", "a=tool:");
  ExpectLenient("a=sdplang:en_US", "12 nothing more", "a=sdplang:en_US");
  ExpectRefused("a=orient:up", "9 expected one of portrait|landscape|seascape");
  EXPECT_EQ(Decode<Quality>("10", Mode::kStrict)->quality, 10u);
  ExpectRefused("a=quality:x", "10 expected a number");
}

TEST(SdpSessionAttributes, Rfc4570_3_SourceFilterHasABlankInFront) {
  const auto filter =
      Decode<SourceFilter>(" incl IN IP4 233.252.0.2 198.51.100.1 198.51.100.2", Mode::kStrict);
  EXPECT_EQ(filter->mode, SourceFilter::FilterMode::kInclude);
  EXPECT_EQ(filter->destination, "233.252.0.2");
  EXPECT_EQ(filter->sources.size(), 2u);
  EXPECT_EQ(*Encode(*filter, Mode::kStrict), " incl IN IP4 233.252.0.2 198.51.100.1 198.51.100.2");
  ExpectLenient("a=source-filter:incl IN * d s", "16 expected a space",
                "a=source-filter: incl IN * d s");
  ExpectLenient("a=source-filter:  excl IN * d s", "17 mode", "a=source-filter: excl IN * d s");
  ExpectRefused("a=source-filter: incl IN * d", "28 expected a space");
}

TEST(SdpSessionAttributes, Rfc7826_D_1_ControlAndRange) {
  EXPECT_EQ(Decode<Control>("track1", Mode::kStrict)->uri, "track1");
  const auto range = Decode<Range>("npt=0-7.741", Mode::kStrict);
  EXPECT_EQ(range->unit, "npt");
  EXPECT_EQ(range->value, "0-7.741");
  ExpectKept("a=range:npt=now-");
  ExpectRefused("a=range:npt", "11 expected '='");
}

TEST(SdpSessionAttributes, Rfc7273_4_8_TsRefclk) {
  const auto clock =
      Decode<TsRefclk>("ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37", Mode::kStrict);
  EXPECT_EQ(clock->source, "ptp");
  EXPECT_EQ(clock->parameter, "IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37");
  EXPECT_TRUE(Decode<TsRefclk>("private:traceable", Mode::kStrict)->traceable);
  ExpectKept("a=ts-refclk:ntp=/traceable/");
  ExpectKept("a=ts-refclk:local");
  ExpectRefused("a=ts-refclk:private:other", "19 nothing more");
}

TEST(SdpSessionAttributes, Rfc7273_5_4_Mediaclk) {
  const auto clock = Decode<Mediaclk>("direct=963214424 rate=1000/1001", Mode::kStrict);
  EXPECT_EQ(clock->clock, "direct");
  EXPECT_EQ(clock->value, "963214424");
  EXPECT_EQ(clock->rate, "1000/1001");
  EXPECT_EQ(Decode<Mediaclk>("id=src:MDA6 sender", Mode::kStrict)->id, "src:MDA6");
  ExpectRefused("a=mediaclk:id=x", "15 expected a space");
}

TEST(SdpSessionAttributes, Rfc8856_5_FloorControl) {
  EXPECT_EQ(Decode<Floorctrl>("c-only s-only", Mode::kStrict)->roles.size(), 2u);
  EXPECT_EQ(Decode<Confid>("4321", Mode::kStrict)->conference, 4321u);
  EXPECT_EQ(Decode<Userid>("1234", Mode::kStrict)->user, 1234u);
  EXPECT_EQ(Decode<Floorid>("1 mstrm:10 11", Mode::kStrict)->streams.size(), 2u);
  ExpectLenient("a=floorctrl:boss", "12 [0]", "a=floorctrl:boss");
  // RFC 4583 section 6 had this keyword in an example.
  ExpectLenient("a=floorid:2 m-stream:10", "13 expected 'strm:'", "a=floorid:2 m-stream:10");
  ExpectRefused("a=floorid:1 mstrm:", "18 streams[0]");
}

// Found by fuzz_sdp_line: strict took it for the clock "Id", lenient for the beginning of an id.
TEST(SdpClocks, Rfc7273_5_4_NoClockIsNamedId) {
  EXPECT_FALSE(Decode<Mediaclk>("Id=x", Mode::kStrict).ok());
  EXPECT_FALSE(Decode<Mediaclk>("Id=x", Mode::kLenient).ok());
  EXPECT_EQ(Encode(Mediaclk{{}, "ID", "x", {}}).error().field, "clock");
  EXPECT_EQ(Encode(Mediaclk{"x", "sender", {}, {}}).value(), "id=x sender");
}

}  // namespace
}  // namespace koeru::sdp
