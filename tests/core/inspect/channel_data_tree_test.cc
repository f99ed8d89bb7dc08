#include "core/inspect/channel_data_tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

TEST(ChannelDataTree, ShowsNumberLengthDataAndPadding) {
  const Node tree = InspectChannelData(BytesOf("4001 0002 6869 0000"), {});
  EXPECT_EQ(tree.value, "channel 0x4001, 2 bytes");
  EXPECT_EQ(ValueOf(tree, "channel number"), "0x4001");
  EXPECT_EQ(ValueOf(tree, "length"), "2");
  EXPECT_EQ(ValueOf(tree, "application data"), "6869");
  EXPECT_EQ(ValueOf(tree, "padding"), "0000");
  EXPECT_FALSE(HasRemark(tree, Severity::kError));
}

// RFC 8656 section 12, RFC 5766 section 11.
TEST(ChannelDataTree, NumbersOutsideOfTheRangeAreNamed) {
  EXPECT_EQ(RemarksOf(InspectChannelData(BytesOf("4fff0000"), {}), "channel number"), "");
  EXPECT_NE(RemarksOf(InspectChannelData(BytesOf("50000000"), {}), "channel number")
                .find("RFC 5766 had it"),
            std::string::npos);
  EXPECT_NE(
      RemarksOf(InspectChannelData(BytesOf("7fff0000"), {}), "channel number").find("no channel"),
      std::string::npos);
}

TEST(ChannelDataTree, EveryTruncationGivesASoundTree) {
  constexpr std::string_view kRtpInside = "4001001080e0123400000010decafbad01020304";
  ExpectSoundTruncations(kRtpInside, [](Bytes bytes) { return InspectChannelData(bytes, {}); });
  EXPECT_EQ(ValueOf(InspectChannelData(BytesOf(kRtpInside), {}), "SSRC"), "0xDECAFBAD");
  const std::vector<uint8_t> whole = BytesOf(kRtpInside);
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_TRUE(HasRemark(InspectChannelData(Bytes(whole).first(size), {}), Severity::kError));
  }
}

}  // namespace
}  // namespace koeru::inspect
