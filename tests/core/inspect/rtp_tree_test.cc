#include "core/inspect/rtp_tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

constexpr std::string_view kRtp = "b1ef0001000000020000000300000004bede000110aa00000b0c";
constexpr std::string_view kRtcp = "81c900070000000100000002";

TEST(RtpTree, Rfc3550_5_1_FixedHeader) {
  const Node tree = InspectRtp(BytesOf(kRtp), 0);
  EXPECT_EQ(tree.label, "RTP");
  EXPECT_EQ(ValueOf(tree, "payload type"), "111");
  EXPECT_EQ(ValueOf(tree, "marker"), "1");
  EXPECT_EQ(ValueOf(tree, "sequence number"), "1");
  EXPECT_EQ(ValueOf(tree, "timestamp"), "2");
  EXPECT_EQ(ValueOf(tree, "SSRC"), "0x00000003");
  EXPECT_EQ(ValueOf(tree, "CSRCs"), "00000004");
  EXPECT_EQ(ValueOf(tree, "header extension 0xBEDE"), "10aa0000");
  EXPECT_EQ(ValueOf(tree, "payload, encrypted if SRTP"), "0b0c");
}

// RFC 5761 section 4: packet types 192 to 223 are RTCP.
TEST(RtpTree, Rfc5761_4_TellsRtcpFromRtp) {
  const Node tree = InspectRtp(BytesOf(kRtcp), 0);
  EXPECT_EQ(tree.label, "RTCP");
  EXPECT_EQ(tree.value, "receiver report");
  EXPECT_EQ(ValueOf(tree, "SSRC"), "0x00000001");
  EXPECT_EQ(InspectRtp(BytesOf("80bf000000000000 00000000"), 0).label, "RTP");
  EXPECT_EQ(InspectRtp(BytesOf("80e0000000000000 00000000"), 0).label, "RTP");
}

TEST(RtpTree, EveryTruncationGivesASoundTree) {
  for (std::string_view hex : {kRtp, kRtcp}) {
    ExpectSoundTruncations(hex, [](Bytes bytes) { return InspectRtp(bytes, 0); });
  }
  EXPECT_TRUE(HasRemark(InspectRtp(BytesOf("8f00000000000000 00000000"), 0), Severity::kError));
  EXPECT_TRUE(
      HasRemark(InspectRtp(BytesOf("9000000000000000 00000000 0000ffff"), 0), Severity::kError));
}

}  // namespace
}  // namespace koeru::inspect
