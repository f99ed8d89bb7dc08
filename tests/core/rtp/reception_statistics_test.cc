#include "core/rtp/reception_statistics.h"

#include <gtest/gtest.h>

#include <array>

namespace koeru::rtp {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(5'000'000'000);

class ReceptionStatisticsTest : public ::testing::Test {
 protected:
  // With a clock of 8 kHz: 8 units are a millisecond.
  void Receive(int number, milliseconds sent, milliseconds arrived) {
    std::array<uint8_t, 12> packet = {0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
    SetSequenceNumber(packet, static_cast<uint16_t>(number));
    SetTimestamp(packet, static_cast<uint32_t>(0xFFFFFFF0u + 8 * sent.count()));
    source_.OnPacket(*RtpPacket::Parse(packet), kStart + arrived);
  }

  ReceptionStatistics source_{7, 8000};
};

TEST_F(ReceptionStatisticsTest, NothingCameIsNothingLost) {
  EXPECT_EQ(source_.Report(kStart), (ReportBlock{.ssrc = 7}));
  EXPECT_FALSE(source_.has_packets());
}

TEST_F(ReceptionStatisticsTest, Rfc3550_A_3_LossIsCountedSinceTheLastReport) {
  for (const int number : {0xFFFE, 0xFFFF, 0, 2}) Receive(number, {}, {});
  ReportBlock block = source_.Report(kStart);
  EXPECT_EQ(block.packets_lost, 1);
  EXPECT_EQ(block.fraction_lost, 256 / 5);
  EXPECT_EQ(block.highest_sequence_number, 0x10002u);
  for (const int number : {3, 4}) Receive(number, {}, {});
  block = source_.Report(kStart);
  EXPECT_EQ(block.packets_lost, 1);
  EXPECT_EQ(block.fraction_lost, 0);
}

TEST_F(ReceptionStatisticsTest, Rfc3550_A_3_DuplicatesMakeLossNegative) {
  for (const int number : {1, 1, 1, 2}) Receive(number, {}, {});
  const ReportBlock block = source_.Report(kStart);
  EXPECT_EQ(block.packets_lost, -2);
  EXPECT_EQ(block.fraction_lost, 0);
}

TEST_F(ReceptionStatisticsTest, WhatComesLateIsNotLost) {
  for (const int number : {10, 12, 11, 9}) Receive(number, {}, {});
  EXPECT_EQ(source_.packets_lost(), 0);
}

TEST_F(ReceptionStatisticsTest, Rfc3550_A_8_ASteadyPathHasNoJitter) {
  for (int i = 0; i < 100; ++i) Receive(i, milliseconds(20 * i), milliseconds(20 * i + 77));
  EXPECT_EQ(source_.jitter(), 0u);
}

TEST_F(ReceptionStatisticsTest, Rfc3550_A_8_JitterComesNearToTheMeanDifference) {
  // Each second packet is 10 ms late: 80 units.
  for (int i = 0; i < 1000; ++i) {
    Receive(i, milliseconds(20 * i), milliseconds(20 * i + (i % 2) * 10));
  }
  EXPECT_NEAR(source_.jitter(), 80, 1);
}

TEST_F(ReceptionStatisticsTest, Rfc3550_6_4_1_TellsWhenTheLastSenderReportCame) {
  source_.OnSenderReport({.ssrc = 7, .ntp_timestamp = 0x0123456789ABCDEF}, kStart);
  const ReportBlock block = source_.Report(kStart + milliseconds(1500));
  EXPECT_EQ(block.last_sender_report, 0x456789ABu);
  EXPECT_EQ(block.delay_since_last_sender_report, 65536u * 3 / 2);
}

}  // namespace
}  // namespace koeru::rtp
