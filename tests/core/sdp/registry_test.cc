#include "core/sdp/registry.h"

#include <gtest/gtest.h>

#include "core/sdp/decoder.h"
#include "core/sdp/encoder.h"

namespace koeru::sdp {
namespace {

TEST(SdpRegistry, FindsEveryRowByItsName) {
  for (const auto rows : {LineTypes(), Attributes()}) {
    for (const Row& row : rows) EXPECT_EQ(FindRow(row.name), &row);
  }
}

TEST(SdpRegistry, FindsNothingForOtherNames) {
  for (const std::string_view name : {"", "a=", "y=", "m", "Rtpmap", "rtpma", "rtpmapp", "zzz"}) {
    EXPECT_EQ(FindRow(name), nullptr) << name;
  }
}

// The row's function alone: text -> struct -> text.
TEST(SdpRegistry, ARowTranscodesAValue) {
  Decoder from("111 opus/48000", Mode::kStrict);
  Encoder to(Mode::kStrict);
  FindRow("rtpmap")->transcode(from, to);
  EXPECT_TRUE(from.ok());
  EXPECT_EQ(to.Take(), "111 opus/48000");
}

TEST(SdpRegistry, WhatCannotBeReadIsNotWritten) {
  Decoder from("111 opus", Mode::kStrict);
  Encoder to(Mode::kStrict);
  FindRow("rtpmap")->transcode(from, to);
  EXPECT_FALSE(from.ok());
  EXPECT_EQ(to.Take(), "");
}

TEST(SdpRegistry, LevelsIncludeTheirParts) {
  EXPECT_TRUE(Includes(Level::kBoth, Level::kMedia));
  EXPECT_TRUE(Includes(Level::kSession, Level::kBoth));
  EXPECT_FALSE(Includes(Level::kSession, Level::kMedia));
}

}  // namespace
}  // namespace koeru::sdp
