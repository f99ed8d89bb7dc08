#include "core/rtp/report.h"

#include "tests/core/rtp/rtcp_support.h"

namespace koeru::rtp {
namespace {

const std::string kBlock = "00000009 40000003 0001f000 00000005 11112222 00018000";
const ReportBlock kSame{9, 0x40, 3, 0x1F000, 5, 0x11112222, 0x18000};

TEST(Report, Rfc3550_6_4_2_AReceiverReportIsReadAndWritten) {
  const std::string hex = "81c90007 00000007" + kBlock;
  const auto report = Decoded<ReceiverReport>(hex);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->ssrc, 7u);
  EXPECT_EQ(report->blocks, std::vector{kSame});
  EXPECT_EQ(Encoded(*report), ToHex(*FromHex(hex)));
  DecodeEveryTruncation<ReceiverReport>(hex);
}

TEST(Report, Rfc3550_6_4_1_ASenderReportIsReadAndWritten) {
  const std::string hex = "81c8000c 00000007 e1e2e3e4 80000000 00000bb8 00000010 00000200" + kBlock;
  const auto report = Decoded<SenderReport>(hex);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->ntp_timestamp, 0xE1E2E3E480000000u);
  EXPECT_EQ(report->rtp_timestamp, 3000u);
  EXPECT_EQ(report->packet_count, 16u);
  EXPECT_EQ(report->octet_count, 512u);
  EXPECT_EQ(report->blocks, std::vector{kSame});
  EXPECT_EQ(MiddleOfNtp(report->ntp_timestamp), 0xE3E48000u);
  EXPECT_EQ(Encoded(*report), ToHex(*FromHex(hex)));
  DecodeEveryTruncation<SenderReport>(hex);
}

TEST(Report, FewerBlocksThanItsCountAreAnError) {
  EXPECT_FALSE(Decoded<ReceiverReport>("82c90007 00000007" + kBlock).ok());
  EXPECT_FALSE(Decoded<SenderReport>("80c80001 00000007").ok());
}

TEST(Report, AnExtensionOfTheProfileIsNoError) {
  EXPECT_TRUE(Decoded<ReceiverReport>("80c90002 00000007 12345678").ok());
}

TEST(Report, Rfc3550_A_3_LossIsSignedAndClamped) {
  const auto lost_again = [](int32_t lost) {
    return Decoded<ReceiverReport>(Encoded(ReceiverReport{1, {{.packets_lost = lost}}}))
        ->blocks[0]
        .packets_lost;
  };
  EXPECT_EQ(lost_again(-1), -1);
  EXPECT_EQ(lost_again(0x7FFFFF), 0x7FFFFF);
  EXPECT_EQ(lost_again(0x1000000), 0x7FFFFF);
  EXPECT_EQ(lost_again(-0x1000000), -0x800000);
}

TEST(Report, MoreThan31BlocksAreNotWritten) {
  EXPECT_EQ(Encoded(ReceiverReport{1, std::vector<ReportBlock>(32)}), "");
}

}  // namespace
}  // namespace koeru::rtp
