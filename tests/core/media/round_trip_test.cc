#include "core/media/round_trip.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);
constexpr uint64_t kNtp = 0x1234567812345678;

rtp::ReportBlock Block(uint64_t ntp, milliseconds held) {
  return {.ssrc = 1,
          .last_sender_report = rtp::MiddleOfNtp(ntp),
          .delay_since_last_sender_report = static_cast<uint32_t>(held.count() * 65536 / 1000)};
}
int64_t InMs(std::optional<net::Duration> time) {
  return time ? std::chrono::round<milliseconds>(*time).count() : -1;
}

TEST(RoundTrip, Rfc3550_6_4_1_IsTheTimeSinceTheReportLessWhatThePeerHeldIt) {
  RoundTrip round_trip;
  EXPECT_EQ(round_trip.value_or_assumed(), RoundTrip::kAssumed);
  round_trip.OnSent(kNtp, kStart);
  round_trip.OnReport(Block(kNtp, milliseconds(500)), kStart + milliseconds(540));
  EXPECT_EQ(InMs(round_trip.value()), 40);
}

TEST(RoundTrip, ReportsThatWereNotSentDoNotCount) {
  RoundTrip round_trip;
  round_trip.OnReport({.ssrc = 1}, kStart);
  round_trip.OnReport(Block(kNtp, {}), kStart);
  EXPECT_EQ(round_trip.value(), std::nullopt);
}

TEST(RoundTrip, ItIsSmoothedAndBounded) {
  RoundTrip round_trip;
  round_trip.OnSent(kNtp, kStart);
  round_trip.OnReport(Block(kNtp, {}), kStart + milliseconds(80));
  round_trip.OnReport(Block(kNtp, {}), kStart + milliseconds(160));
  EXPECT_EQ(InMs(round_trip.value()), 90);
  RoundTrip forged;
  forged.OnSent(kNtp, kStart);
  forged.OnReport(Block(kNtp, milliseconds(60'000)), kStart + milliseconds(10));
  EXPECT_EQ(InMs(forged.value()), 0) << "held longer than it is ago";
  RoundTrip old;
  old.OnSent(kNtp, kStart);
  old.OnReport(Block(kNtp, {}), kStart + milliseconds(100'000));
  EXPECT_EQ(old.value(), RoundTrip::kLongest);
}

}  // namespace
}  // namespace koeru::media
