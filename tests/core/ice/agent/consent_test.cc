#include "core/ice/agent/consent.h"

#include <gtest/gtest.h>

namespace koeru::ice {
namespace {

using std::chrono::seconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(1'000'000'000);

TEST(Consent, Rfc7675_5_1_ExpiresThirtySecondsAfterTheLastAnswer) {
  Consent consent(kStart);
  EXPECT_EQ(consent.expires(), kStart + seconds(30));
  consent.OnResponse(kStart + seconds(7));
  EXPECT_EQ(consent.expires(), kStart + seconds(37));
  consent.OnSent(kStart + seconds(8), 1);
  EXPECT_EQ(consent.expires(), kStart + seconds(37)) << "a question is no answer";
}

TEST(Consent, Rfc7675_5_1_AsksEveryFiveSecondsGiveOrTakeAFifth) {
  Consent consent(kStart);
  EXPECT_EQ(consent.next_check(), kStart + seconds(5));
  net::Instant earliest = net::Instant::Max();
  net::Instant latest = kStart;
  for (uint32_t random = 0; random < 5000; ++random) {
    consent.OnSent(kStart, random);
    earliest = std::min(earliest, consent.next_check());
    latest = std::max(latest, consent.next_check());
  }
  EXPECT_EQ(earliest, kStart + seconds(4));
  EXPECT_EQ(latest, kStart + seconds(6));
}

}  // namespace
}  // namespace koeru::ice
