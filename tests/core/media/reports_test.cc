#include "core/media/reports.h"

#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

class ReportsTest : public ::testing::Test {
 protected:
  ReportsTest() {
    sections_.Assign({AudioSection(), VideoSection()}, kStart);
    video_ = (sections_.begin() + 1)->get();
    stream_ = video_->stream;
  }
  Source* Add(uint32_t ssrc, std::initializer_list<int> numbers, bool is_rtx = false) {
    Source* const source = sources_.Add(ssrc, *video_, is_rtx, 90000, kStart);
    for (const int number : numbers) {
      const Packet packet = Rtp({.number = number, .ssrc = ssrc});
      source->TakePacket(View(packet), kStart);
      source->clock.OnPacket(View(packet).timestamp(), kStart);
    }
    return source;
  }
  ReportContext Context(net::Duration delay = {}) {
    return {sections_,  sources_, clock_, round_trip_, kStart + milliseconds(100),
            kWallStart, delay};
  }
  template <typename P>
  P Report(const ReportContext& context) {
    Actions actions;
    {
      CompoundWriter out(7, "koeru", actions);
      WriteReport(*video_, context, out);
    }
    rtp::RtcpPackets packets(actions.BytesOf(std::get<SendRtcp>(actions[0])));
    const auto packet = packets.Next();
    EXPECT_TRUE(packet && packet->Is<P>());
    const auto decoded = P::Decode(*packet);
    EXPECT_TRUE(decoded.ok());
    return decoded.ok() ? *decoded : P{};
  }

  Sections sections_;
  Sources sources_;
  PeerClock clock_;
  RoundTrip round_trip_;
  Section* video_ = nullptr;
  OutgoingStream* stream_ = nullptr;
};

TEST_F(ReportsTest, Rfc3550_6_4_WhoHasSentNothingSendsAReceiverReport) {
  Add(kVideo, {10, 12, 13});
  Add(kVideoRtx, {5}, true);
  const auto report = Report<rtp::ReceiverReport>(Context());
  EXPECT_EQ(report.ssrc, kOwnVideo);
  ASSERT_EQ(report.blocks.size(), 2u);
  EXPECT_EQ(report.blocks[0].ssrc, kVideo);
  EXPECT_EQ(report.blocks[0].packets_lost, 1);
  EXPECT_EQ(report.blocks[0].fraction_lost, 64);
  EXPECT_EQ(report.blocks[0].highest_sequence_number, 13u);
  EXPECT_EQ(report.blocks[1].ssrc, kVideoRtx);
  EXPECT_NEAR(FractionLost(sources_), 0.25, 1e-9);
}

TEST_F(ReportsTest, Rfc3550_6_4_1_ASenderReportHasCountsAndTheSameMomentTwice) {
  stream_->source = Add(kVideo, {10});
  stream_->packet_count = 5;
  stream_->octet_count = 600;
  const auto report = Report<rtp::SenderReport>(Context());
  EXPECT_EQ(report.ssrc, kOwnVideo);
  EXPECT_EQ(report.ntp_timestamp, kWallStart.value);
  EXPECT_EQ(report.rtp_timestamp, 9000u) << "100 ms after the packet with 0";
  EXPECT_EQ(report.packet_count, 5u);
  EXPECT_EQ(report.octet_count, 600u);
  Report<rtp::ReceiverReport>(Context());  // nothing was sent since
  stream_->packet_count = 6;
  EXPECT_EQ(Report<rtp::SenderReport>(Context()).packet_count, 6u);
}

TEST_F(ReportsTest, TheMomentIsTheOneOfThePeersReportShifted) {
  Source* const source = stream_->source = Add(kVideo, {10});
  stream_->packet_count = 1;
  // Half a second before ours, on a clock that is an hour slow.
  const rtp::NtpTime theirs = kWallStart - std::chrono::hours(1) - milliseconds(500);
  const rtp::SenderReport their_report{
      .ssrc = kVideo, .ntp_timestamp = theirs.value, .rtp_timestamp = 1'000'000};
  source->clock.OnSenderReport(their_report);
  clock_.OnSenderReport(their_report, kWallStart - milliseconds(500));
  EXPECT_NEAR(Report<rtp::SenderReport>(Context()).rtp_timestamp, 1'045'000, 1);
  stream_->packet_count = 2;
  EXPECT_NEAR(Report<rtp::SenderReport>(Context(milliseconds(2000))).rtp_timestamp, 865'000, 1)
      << "what is sent now came two seconds ago";
  stream_->packet_count = 3;
  stream_->continuation.Begin({1, 0}, 90000, kStart);
  stream_->continuation.Map({1, 0}, kStart);
  stream_->continuation.Begin({1, 0}, 90000, kStart + milliseconds(100));
  EXPECT_NEAR(Report<rtp::SenderReport>(Context()).rtp_timestamp, 1'045'000 + 9000, 1);
}

TEST_F(ReportsTest, TheRoundTripIsMeasuredByThem) {
  stream_->source = Add(kVideo, {10});
  stream_->packet_count = 1;
  Report<rtp::SenderReport>(Context());
  round_trip_.OnReport(
      {.ssrc = kOwnVideo, .last_sender_report = rtp::MiddleOfNtp(kWallStart.value)},
      kStart + milliseconds(130));
  EXPECT_EQ(round_trip_.value(), milliseconds(30));
}

TEST_F(ReportsTest, RembIsAboutAllSourcesOfSectionsWithIt) {
  Add(kVideo, {1});
  Actions actions;
  {
    CompoundWriter out(7, "koeru", actions);
    WriteRemb(512'000, Context(), out);
  }
  rtp::RtcpPackets packets(actions.BytesOf(std::get<SendRtcp>(actions[0])));
  packets.Next();
  packets.Next();
  const auto remb = rtp::Remb::Decode(*packets.Next());
  ASSERT_TRUE(remb.ok());
  EXPECT_EQ(remb->bitrate, 512'000u);
  EXPECT_EQ(remb->ssrcs, std::vector<uint32_t>{kVideo});
}

}  // namespace
}  // namespace koeru::media
