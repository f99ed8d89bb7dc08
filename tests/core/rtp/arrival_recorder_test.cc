#include "core/rtp/arrival_recorder.h"

#include "tests/core/rtp/rtcp_support.h"

namespace koeru::rtp {
namespace {

using std::chrono::milliseconds;

net::Instant After(milliseconds time) {
  return net::Instant::FromNanoseconds(10'000'000'000) + time;
}

class ArrivalRecorderTest : public ::testing::Test {
 protected:
  void Receive(int number, milliseconds time) {
    recorder_.OnPacket(static_cast<uint16_t>(number), 7, After(time));
  }
  // "number@ms number@ms": what came, of one feedback that went over the wire.
  std::string Told() {
    const auto feedback = recorder_.Take();
    if (!feedback) return "nothing";
    const auto read = Decoded<TransportFeedback>(Encoded(*feedback));
    EXPECT_TRUE(read.ok());
    std::string text;
    for (size_t i = 0; i < read->arrivals.size(); ++i) {
      const auto number = static_cast<uint16_t>(read->base_sequence_number + i);
      text += (text.empty() ? "" : " ") + std::to_string(number);
      if (read->arrivals[i]) text += "@" + std::to_string(*read->arrivals[i] / 4 - 10'000);
    }
    return text;
  }

  ArrivalRecorder recorder_{1};
};

TEST_F(ArrivalRecorderTest, TellsWhatCameAndWhatDidNot) {
  EXPECT_EQ(Told(), "nothing");
  Receive(65534, milliseconds(0));
  Receive(65535, milliseconds(10));
  Receive(1, milliseconds(70));
  EXPECT_EQ(Told(), "65534@0 65535@10 0 1@70");
  EXPECT_EQ(Told(), "nothing");
  Receive(3, milliseconds(100));
  EXPECT_EQ(Told(), "2 3@100");
}

TEST_F(ArrivalRecorderTest, IsInTheOrderOfNumbers) {
  Receive(1, milliseconds(0));
  Receive(3, milliseconds(10));
  Receive(2, milliseconds(20));
  Receive(2, milliseconds(30));
  EXPECT_EQ(Told(), "1@0 2@20 3@10");
}

TEST_F(ArrivalRecorderTest, WhatWasToldAsLostIsNotToldAgain) {
  Receive(1, milliseconds(0));
  Receive(3, milliseconds(10));
  EXPECT_EQ(Told(), "1@0 2 3@10");
  Receive(2, milliseconds(20));
  EXPECT_EQ(Told(), "nothing");
}

TEST_F(ArrivalRecorderTest, LongPausesAreToldInFeedbacksOfTheirOwn) {
  Receive(1, milliseconds(0));
  Receive(2, milliseconds(9000));
  EXPECT_EQ(Told(), "1@0");
  EXPECT_EQ(Told(), "2@9000");
  EXPECT_EQ(Told(), "nothing");
}

TEST_F(ArrivalRecorderTest, ManyPacketsAreToldInSeveral) {
  const int count = 3 * static_cast<int>(ArrivalRecorder::kMostPackets);
  for (int i = 0; i < count; ++i) Receive(i, milliseconds(i));
  size_t told = 0;
  uint8_t expected_count = 0;
  while (const auto feedback = recorder_.Take()) {
    EXPECT_EQ(feedback->feedback_count, expected_count++);
    EXPECT_LE(Encoded(*feedback).size() / 2, 1200u);
    told += feedback->arrivals.size();
  }
  EXPECT_EQ(told, static_cast<size_t>(count));
}

TEST_F(ArrivalRecorderTest, AfterALongGapTheNearestOfTheLostAreTold) {
  Receive(0, milliseconds(0));
  EXPECT_EQ(Told(), "0@0");
  Receive(20'000, milliseconds(10));
  const auto feedback = recorder_.Take();
  ASSERT_TRUE(feedback.has_value());
  EXPECT_LE(feedback->arrivals.size(), ArrivalRecorder::kMostPackets);
  EXPECT_TRUE(feedback->arrivals.back().has_value());
}

TEST_F(ArrivalRecorderTest, MemoryIsBoundedAndTheOldestGo) {
  for (int i = 0; i < 2 * static_cast<int>(ArrivalRecorder::kMostWaiting); ++i) {
    Receive(i, milliseconds(i));
  }
  EXPECT_EQ(recorder_.Take()->base_sequence_number, ArrivalRecorder::kMostWaiting);
}

}  // namespace
}  // namespace koeru::rtp
