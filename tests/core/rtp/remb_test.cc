#include "core/rtp/remb.h"

#include "tests/core/rtp/rtcp_support.h"

namespace koeru::rtp {
namespace {

TEST(Remb, IsReadAndWritten) {
  // 1 Mbit/s: 250000 * 2^2.
  const Remb remb{1, 1'000'000, {0x11, 0x22}};
  const std::string hex = "8fce0006000000010000000052454d42020bd0900000001100000022";
  EXPECT_EQ(Encoded(remb), hex);
  const auto again = Decoded<Remb>(hex);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->bitrate, 1'000'000u);
  EXPECT_EQ(again->ssrcs, remb.ssrcs);
  DecodeEveryTruncation<Remb>(hex);
}

TEST(Remb, ABitrateIsNeverWrittenAsMoreThanItIs) {
  for (uint64_t bitrate = 1; bitrate < uint64_t{1} << 60; bitrate = bitrate * 3 + 1) {
    const uint64_t again = Decoded<Remb>(Encoded(Remb{1, bitrate, {}}))->bitrate;
    EXPECT_LE(again, bitrate);
    EXPECT_LE(bitrate - again, bitrate >> 16);
  }
}

TEST(Remb, OtherFeedbackOfApplicationsIsAnError) {
  EXPECT_FALSE(Decoded<Remb>("8fce0004000000010000000052454d4101000000").ok());
  EXPECT_FALSE(Decoded<Remb>("8fce0004000000010000000052454d42010bd090").ok()) << "no SSRC";
  EXPECT_FALSE(Decoded<Remb>("8fce0004000000010000000052454d4200fbffff").ok())
      << "2^62 times its mantissa";
}

}  // namespace
}  // namespace koeru::rtp
