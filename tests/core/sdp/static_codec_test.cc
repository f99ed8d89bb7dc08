#include "core/sdp/static_codec.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

TEST(SdpStaticCodec, KnowsRfc3551Section6) {
  EXPECT_EQ(FindStaticCodec("0")->encoding_name, "PCMU");
  EXPECT_EQ(FindStaticCodec("8")->encoding_name, "PCMA");
  // RFC 3551 section 4.5.2: 8000 for historical reasons.
  EXPECT_EQ(FindStaticCodec("9")->clock_rate, 8000u);
  EXPECT_EQ(FindStaticCodec("10")->channels, "2");
  EXPECT_EQ(FindStaticCodec("34")->encoding_name, "H263");
}

TEST(SdpStaticCodec, KnowsNoOthers) {
  for (const std::string_view format : {"1", "2", "19", "24", "35", "96", "", "00", "x", "256"}) {
    EXPECT_EQ(FindStaticCodec(format), nullptr) << format;
  }
}

}  // namespace
}  // namespace koeru::sdp
