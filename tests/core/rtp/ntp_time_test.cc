#include "core/rtp/ntp_time.h"

#include <gtest/gtest.h>

namespace koeru::rtp {
namespace {

using std::chrono::milliseconds;

TEST(NtpTime, Rfc5905_6_Of1970IsSeventyYearsAfterItsEpoch) {
  EXPECT_EQ(NtpTime::FromUnix(0, 0).value, uint64_t{2'208'988'800} << 32);
  EXPECT_EQ(NtpTime::FromUnix(0, 500'000'000).value & 0xFFFFFFFF, 0x80000000u);
}

TEST(NtpTime, DifferencesAreDurations) {
  const NtpTime time = NtpTime::FromUnix(1'700'000'000, 250'000'000);
  EXPECT_EQ(Between(time, NtpTime::FromUnix(1'700'000'001, 500'000'000)), milliseconds(1250));
  EXPECT_EQ(Between(NtpTime::FromUnix(1'700'000'001, 500'000'000), time), milliseconds(-1250));
  EXPECT_EQ(time - milliseconds(1750), NtpTime::FromUnix(1'699'999'998, 500'000'000));
  EXPECT_EQ(time - milliseconds(-250), NtpTime::FromUnix(1'700'000'000, 500'000'000));
}

TEST(NtpTime, ItWrapsAroundIn2036) {
  const int64_t last = (int64_t{1} << 32) - NtpTime::kUnixEpoch - 1;
  EXPECT_EQ(Between(NtpTime::FromUnix(last, 0), NtpTime::FromUnix(last + 2, 0)),
            milliseconds(2000));
}

}  // namespace
}  // namespace koeru::rtp
