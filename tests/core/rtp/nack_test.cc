#include "core/rtp/nack.h"

#include "tests/core/rtp/rtcp_support.h"

namespace koeru::rtp {
namespace {

using Numbers = std::vector<uint16_t>;

TEST(Nack, Rfc4585_6_2_1_ABitStandsForEachOfSixteenNumbers) {
  const auto nack = Decoded<Nack>("81cd0003 00000007 00000008 fffe8003");
  ASSERT_TRUE(nack.ok());
  EXPECT_EQ(nack->sender_ssrc, 7u);
  EXPECT_EQ(nack->media_ssrc, 8u);
  EXPECT_EQ(nack->sequence_numbers, (Numbers{0xFFFE, 0xFFFF, 0, 14}));
  EXPECT_EQ(Encoded(*nack), "81cd00030000000700000008fffe8003");
}

TEST(Nack, NumbersThatAreFarApartHaveEntriesOfTheirOwn) {
  const Nack nack{1, 2, {10, 26, 27, 5}};
  EXPECT_EQ(Encoded(nack), "81cd00050000000100000002000a8000001b000000050000");
  EXPECT_EQ(Decoded<Nack>(Encoded(nack))->sequence_numbers, nack.sequence_numbers);
  DecodeEveryTruncation<Nack>(Encoded(nack));
}

TEST(Nack, APartOfAnEntryIsAnError) {
  EXPECT_FALSE(Decoded<Nack>("81cd0001 00000007").ok());
  EXPECT_FALSE(Decoded<Nack>("a1cd0003 00000007 00000008 fffe0002").ok());
}

}  // namespace
}  // namespace koeru::rtp
