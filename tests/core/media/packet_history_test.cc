#include "core/media/packet_history.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);
constexpr net::Duration kRoundTrip = milliseconds(80);

std::vector<uint8_t> Packet(int number, size_t size) {
  return std::vector<uint8_t>(size, static_cast<uint8_t>(number * 7));
}

class PacketHistoryTest : public ::testing::Test {
 protected:
  void Remember(int number, size_t size = 1000, milliseconds time = {}) {
    history_.Remember(static_cast<uint16_t>(number), Packet(number, size), kStart + time);
  }
  std::vector<uint8_t> Recall(int number, milliseconds time = {}) {
    const Bytes bytes = history_.Recall(static_cast<uint16_t>(number), kRoundTrip, kStart + time);
    return {bytes.begin(), bytes.end()};
  }

  PacketHistory history_{10'000};
};

TEST_F(PacketHistoryTest, GivesWhatWasSent) {
  Remember(65535);
  Remember(0, 500);
  EXPECT_EQ(Recall(65535), Packet(65535, 1000));
  EXPECT_EQ(Recall(0), Packet(0, 500));
  EXPECT_TRUE(Recall(1).empty());
  EXPECT_TRUE(Recall(1024).empty()) << "another number in the same place";
}

TEST_F(PacketHistoryTest, TheSamePacketIsGivenOnceInARoundTrip) {
  Remember(1);
  EXPECT_FALSE(Recall(1, milliseconds(10)).empty());
  EXPECT_TRUE(Recall(1, milliseconds(89)).empty());
  EXPECT_FALSE(Recall(1, milliseconds(90)).empty());
  EXPECT_FALSE(history_.Recall(1, {}, kStart + milliseconds(170)).empty());
  EXPECT_TRUE(history_.Recall(1, {}, kStart + milliseconds(189)).empty()) << "20 ms at least";
}

TEST_F(PacketHistoryTest, BytesAreBoundedAndTheOldestGo) {
  const auto size_of = [](int number) { return 700 + static_cast<size_t>(number % 300); };
  for (int i = 0; i < 1000; ++i) {
    Remember(i, size_of(i), milliseconds(100 * i));
    for (int age = 0; age < 18 && age <= i; ++age) {
      const auto bytes = Recall(i - age, milliseconds(100 * i));
      if (age < 8) {
        ASSERT_FALSE(bytes.empty()) << i << " " << age;
      }
      if (age > 14) {
        ASSERT_TRUE(bytes.empty()) << i << " " << age;
      }
      if (!bytes.empty()) {
        ASSERT_EQ(bytes, Packet(i - age, size_of(i - age)));
      }
    }
  }
}

TEST_F(PacketHistoryTest, OldPacketsAreNotGiven) {
  Remember(1);
  EXPECT_FALSE(Recall(1, milliseconds(2000)).empty());
  EXPECT_TRUE(Recall(1, milliseconds(2101)).empty());
}

TEST_F(PacketHistoryTest, PacketsThatAreTooLargeAreNotKept) {
  Remember(1, PacketHistory::kMostPacket);
  EXPECT_FALSE(Recall(1).empty());
  Remember(1, PacketHistory::kMostPacket + 1);
  EXPECT_TRUE(Recall(1).empty());
}

}  // namespace
}  // namespace koeru::media
