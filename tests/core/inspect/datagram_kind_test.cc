#include "core/inspect/datagram_kind.h"

#include <gtest/gtest.h>

#include "tests/core/capture/packets.h"

namespace koeru::inspect {
namespace {

using capture::Hex;

TEST(DatagramKind, EachKindHasItsName) {
  EXPECT_EQ(KindOf(Hex("000100002112a442000102030405060708090a0b")), "STUN");
  EXPECT_EQ(KindOf(Hex("4000000141")), "ChannelData");
  EXPECT_EQ(KindOf(Hex("16feff0000000000000000000101")), "DTLS");
  EXPECT_EQ(KindOf(Hex("806f0001000000010000000141")), "RTP");
  EXPECT_EQ(KindOf(Hex("80c8000600000001")), "RTCP");
  EXPECT_EQ(KindOf(Hex("ff")), "other");
  EXPECT_EQ(KindOf({}), "other");
}

TEST(DatagramKind, ForeignProtocolsAreNeitherStunNorChannelData) {
  EXPECT_FALSE(IsStun(Hex("0001000021120000"))) << "no magic cookie";
  EXPECT_FALSE(IsChannelData(Hex("4000000141000000 00"))) << "more than padding behind it";
  EXPECT_FALSE(IsChannelData(Hex("7fff000141"))) << "no channel number of any RFC";
}

TEST(LooksLikeTls, GoesByTheRecordsHead) {
  EXPECT_TRUE(LooksLikeTls(Hex("160301")));
  EXPECT_FALSE(LooksLikeTls(Hex("16fefd")));
  EXPECT_FALSE(LooksLikeTls(Hex("16")));
}

}  // namespace
}  // namespace koeru::inspect
