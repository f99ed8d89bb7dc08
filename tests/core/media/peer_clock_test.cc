#include "core/media/peer_clock.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using rtp::NtpTime;
using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);
const NtpTime kWall = NtpTime::FromUnix(1'700'000'000, 0);
// The peer's clock is an hour slow.
const NtpTime kTheirs = kWall - std::chrono::hours(1);

rtp::SenderReport Report(NtpTime ntp, uint32_t timestamp) {
  return {.ssrc = 7, .ntp_timestamp = ntp.value, .rtp_timestamp = timestamp};
}

TEST(PeerClock, Rfc3550_6_4_1_WhatWasInStepStaysInStep) {
  PeerClock clock;
  SourceClock audio, video;
  // The picture was taken 100 ms before the sound; its report is 30 ms longer on its way.
  audio.OnSenderReport(Report(kTheirs, 48'000));
  clock.OnSenderReport(Report(kTheirs, 48'000), kWall);
  video.OnSenderReport(Report(kTheirs - milliseconds(100), 90'000));
  clock.OnSenderReport(Report(kTheirs - milliseconds(100), 90'000), kWall - milliseconds(70));
  const NtpTime later = kWall - milliseconds(-500);
  EXPECT_EQ(audio.TimestampAt(later, kStart, 48'000, clock), 48'000u + 24'000);
  EXPECT_NEAR(video.TimestampAt(later, kStart, 90'000, clock), 90'000 + 54'000, 1);
}

TEST(PeerClock, BeforeTheFirstReportTheLastPacketTells) {
  PeerClock clock;
  SourceClock source;
  source.OnPacket(1000, kStart);
  EXPECT_EQ(source.TimestampAt(kWall, kStart + milliseconds(10), 48'000, clock), 1480u);
}

TEST(PeerClock, AClockThatWasSetIsMeasuredAnew) {
  PeerClock clock;
  clock.OnSenderReport(Report(kTheirs, 0), kWall);
  EXPECT_EQ(clock.ahead(), std::chrono::hours(1));
  clock.OnSenderReport(Report(kTheirs, 0), kWall - milliseconds(-300));
  EXPECT_EQ(clock.ahead(), std::chrono::hours(1)) << "a report that was late";
  clock.OnSenderReport(Report(kWall, 0), kWall);
  EXPECT_EQ(clock.ahead(), net::Duration::zero());
}

TEST(PeerClock, AnyTimestampsAreHarmless) {
  PeerClock clock;
  SourceClock source;
  for (const uint64_t ntp : {uint64_t{1}, UINT64_MAX, uint64_t{1} << 63, kWall.value}) {
    clock.OnSenderReport(Report({ntp}, 9), kWall);
    source.OnSenderReport(Report({~ntp}, 9));
    source.TimestampAt(kWall, kStart, UINT32_MAX, clock);
  }
  EXPECT_TRUE(clock.ahead().has_value());
}

}  // namespace
}  // namespace koeru::media
