#include "core/rtp/transport_feedback.h"

#include "tests/core/rtp/rtcp_support.h"

namespace koeru::rtp {
namespace {

using Arrivals = std::vector<std::optional<int64_t>>;

TransportFeedback Of(Arrivals arrivals) {
  return {.sender_ssrc = 1,
          .media_ssrc = 2,
          .base_sequence_number = 0xFFF0,
          .feedback_count = 3,
          .reference_time = 4,
          .arrivals = std::move(arrivals)};
}

void ComesBack(const TransportFeedback& feedback) {
  const auto again = Decoded<TransportFeedback>(Encoded(feedback));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->sender_ssrc, feedback.sender_ssrc);
  EXPECT_EQ(again->media_ssrc, feedback.media_ssrc);
  EXPECT_EQ(again->base_sequence_number, feedback.base_sequence_number);
  EXPECT_EQ(again->feedback_count, feedback.feedback_count);
  EXPECT_EQ(again->reference_time, feedback.reference_time);
  EXPECT_EQ(again->arrivals, feedback.arrivals);
}

TEST(TransportFeedback, WhatABrowserSendsIsRead) {
  // As Chromium writes it: one packet, and a byte of padding.
  const auto feedback =
      Decoded<TransportFeedback>("afcd0005 fa17fa17 43032fa0 00990001 3de80217 20019401");
  ASSERT_TRUE(feedback.ok());
  EXPECT_EQ(feedback->sender_ssrc, 4195875351u);
  EXPECT_EQ(feedback->media_ssrc, 1124282272u);
  EXPECT_EQ(feedback->base_sequence_number, 153);
  EXPECT_EQ(feedback->reference_time, 4057090);
  EXPECT_EQ(feedback->feedback_count, 23);
  EXPECT_EQ(feedback->arrivals, (Arrivals{4057090 * 256 + 0x94}));
}

TEST(TransportFeedback, ComesBackAsItWas) {
  ComesBack(Of({1024}));
  ComesBack(Of({1024, std::nullopt, 1030, 1029, 1029 + 255, 1029 + 255 + 256}));
  ComesBack(Of({1024 - 32768, 1024 - 1, std::nullopt}));
  Arrivals many;
  for (int i = 0; i < 20'000; ++i) {
    // Runs, gaps and jumps of every length.
    const bool lost = i % 997 < 30 || i % 13 == 5;
    if (lost) {
      many.emplace_back();
    } else {
      many.emplace_back(1024 + 40 * i + (i % 101 == 0 ? 3000 : 0));
    }
  }
  many.resize(1200);
  ComesBack(Of(many));
  ComesBack(Of(Arrivals(0x1FFF + 5)));
}

TEST(TransportFeedback, LongRunsAreShort) {
  EXPECT_EQ(Encoded(Of(Arrivals(1000))), "8fcd00050000000100000002fff003e80000040303e80000");
}

TEST(TransportFeedback, AnArrivalThatIsTooFarIsNotWritten) {
  EXPECT_EQ(Encoded(Of({1024, 1024 + 32768})), "");
  EXPECT_EQ(Encoded(Of({1024 - 32769})), "");
  EXPECT_EQ(Encoded(Of({})), "");
}

TEST(TransportFeedback, BrokenOnesAreErrors) {
  EXPECT_FALSE(Decoded<TransportFeedback>("8fcd0004 00000001 00000002 00000005 00000400").ok())
      << "no chunk";
  EXPECT_FALSE(
      Decoded<TransportFeedback>("8fcd0005 00000001 00000002 00000005 00000400 00000000").ok())
      << "a run of nothing";
  EXPECT_FALSE(
      Decoded<TransportFeedback>("8fcd0005 00000001 00000002 00000005 00000400 60050000").ok())
      << "a reserved status";
  EXPECT_FALSE(
      Decoded<TransportFeedback>("8fcd0005 00000001 00000002 00000005 00000400 20050000").ok())
      << "fewer deltas than packets";
  DecodeEveryTruncation<TransportFeedback>(Encoded(Of({1024, 1030, std::nullopt, 9000})));
}

}  // namespace
}  // namespace koeru::rtp
