#include "native_server/media/early_packets.h"

#include <gmock/gmock.h>

#include <array>

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const ice::Path kPath{*net::Endpoint::Parse("192.0.2.1:3478"),
                      *net::Endpoint::Parse("192.0.2.10:5000")};

TEST(EarlyPackets, AreGivenOnceInTheirOrder) {
  EarlyPackets early;
  for (const auto value : std::array<uint8_t, 3>{1, 2, 3}) {
    EXPECT_TRUE(early.Hold(kPath, std::vector<uint8_t>{0x80, value}));
  }
  const auto packets = early.Take();
  ASSERT_THAT(packets, SizeIs(3));
  EXPECT_THAT(packets[0].bytes, ElementsAre(0x80, 1));
  EXPECT_THAT(packets[2].bytes, ElementsAre(0x80, 3));
  EXPECT_EQ(packets[0].path, kPath);
  EXPECT_THAT(early.Take(), IsEmpty());
}

TEST(EarlyPackets, AHandshakeThatNeverEndsCostsNoMoreThanAHundredKilobytes) {
  EarlyPackets early;
  const std::vector<uint8_t> packet(EarlyPackets::kLargest);
  size_t held = 0;
  for (int i = 0; i < 10'000; ++i) held += early.Hold(kPath, packet) ? packet.size() : 0;
  EXPECT_EQ(early.size(), EarlyPackets::kMost);
  EXPECT_LE(held, 100'000u);
}

TEST(EarlyPackets, OneThatNoPathCarriesIsNotHeld) {
  EarlyPackets early;
  EXPECT_FALSE(early.Hold(kPath, std::vector<uint8_t>(EarlyPackets::kLargest + 1)));
  EXPECT_EQ(early.size(), 0u);
}

}  // namespace
}  // namespace koeru::server
