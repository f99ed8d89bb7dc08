#include "core/sdp/edit/codec_names.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

Codec Named(std::string_view name, std::string_view format) {
  Codec codec;
  codec.encoding_name = name;
  codec.format = format;
  codec.clock_rate = 90000;
  return codec;
}

TEST(SdpNamedCodecs, TellsTheFirstNameThatMatches) {
  NamedCodecs names(std::vector<std::string_view>{"H264", "vp8/90000", "96"});
  EXPECT_EQ(names.Match(Named("VP8", "96")), 1u);
  EXPECT_EQ(names.Match(Named("AV1", "45")), std::nullopt);
  EXPECT_EQ(names.Match(Named("h264", "100")), 0u);
  EXPECT_FALSE(names.Finish());
}

TEST(SdpNamedCodecs, ANameThatMatchedNothingIsAnError) {
  NamedCodecs names(std::vector<std::string_view>{"VP8", "VP9"});
  EXPECT_TRUE(names.Match(Named("VP8", "96")));
  ASSERT_TRUE(names.Finish());
  EXPECT_NE(names.Finish()->reason.find("\"VP9\""), std::string::npos);
}

TEST(SdpNamedCodecs, RefusesNoneAndMoreThanThereArePayloadTypes) {
  EXPECT_TRUE(NamedCodecs({}).Check());
  EXPECT_TRUE(NamedCodecs(std::vector<std::string_view>(129, "0")).Check());
  EXPECT_FALSE(NamedCodecs(std::vector<std::string_view>(128, "0")).Check());
}

}  // namespace
}  // namespace koeru::sdp
