#include "core/rtp/picture_request.h"

#include "tests/core/rtp/rtcp_support.h"

namespace koeru::rtp {
namespace {

TEST(PictureRequest, Rfc4585_6_3_1_PliIsReadAndWritten) {
  const std::string hex = "81ce00020000000700000008";
  const auto pli = Decoded<PictureLossIndication>(hex);
  ASSERT_TRUE(pli.ok());
  EXPECT_EQ(pli->sender_ssrc, 7u);
  EXPECT_EQ(pli->media_ssrc, 8u);
  EXPECT_EQ(Encoded(*pli), hex);
  EXPECT_FALSE(Decoded<PictureLossIndication>("81ce000100000007").ok());
  EXPECT_FALSE(Decoded<PictureLossIndication>("81ce0003000000070000000800000000").ok());
}

TEST(PictureRequest, Rfc5104_4_3_1_FirIsReadAndWritten) {
  const std::string hex = "84ce0006000000070000000000000008050000000000000906000000";
  const auto fir = Decoded<FullIntraRequest>(hex);
  ASSERT_TRUE(fir.ok());
  EXPECT_EQ(fir->entries, (std::vector<FullIntraRequest::Entry>{{8, 5}, {9, 6}}));
  EXPECT_EQ(Encoded(*fir), hex);
  EXPECT_FALSE(Decoded<FullIntraRequest>("84ce0003000000070000000000000008").ok());
  DecodeEveryTruncation<FullIntraRequest>(hex);
}

}  // namespace
}  // namespace koeru::rtp
