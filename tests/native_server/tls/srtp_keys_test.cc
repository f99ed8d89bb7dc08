#include "native_server/tls/srtp_keys.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

std::vector<uint8_t> Numbers(uint8_t from, uint8_t to) {
  std::vector<uint8_t> bytes;
  for (uint8_t i = from; i < to; ++i) bytes.push_back(i);
  return bytes;
}

std::vector<uint8_t> Joined(std::vector<uint8_t> a, const std::vector<uint8_t>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(SrtpKeys, Rfc5764_4_2_KeysComeBeforeSaltsAndTheClientsFirst) {
  const auto keys = PartSrtpKeys(SrtpProfile::kAes128CmSha1_80, Numbers(0, 60));
  ASSERT_TRUE(keys.has_value());
  EXPECT_EQ(keys->client, Joined(Numbers(0, 16), Numbers(32, 46)));
  EXPECT_EQ(keys->server, Joined(Numbers(16, 32), Numbers(46, 60)));
}

TEST(SrtpKeys, Rfc7714_12_GcmHasSaltsOfTwelveBytes) {
  const auto keys = PartSrtpKeys(SrtpProfile::kAeadAes256Gcm, Numbers(0, 88));
  ASSERT_TRUE(keys.has_value());
  EXPECT_EQ(keys->client, Joined(Numbers(0, 32), Numbers(64, 76)));
  EXPECT_EQ(keys->server, Joined(Numbers(32, 64), Numbers(76, 88)));
}

TEST(SrtpKeys, AnotherSizeOrProfileGivesNothing) {
  EXPECT_FALSE(PartSrtpKeys(SrtpProfile::kAes128CmSha1_80, Numbers(0, 59)).has_value());
  EXPECT_FALSE(PartSrtpKeys(SrtpProfile::kAes128CmSha1_80, Numbers(0, 61)).has_value());
  EXPECT_FALSE(PartSrtpKeys(SrtpProfile::kAeadAes128Gcm, {}).has_value());
  EXPECT_FALSE(PartSrtpKeys(static_cast<SrtpProfile>(5), Numbers(0, 60)).has_value());
}

TEST(SrtpKeys, ProfilesHaveIanasNames) {
  EXPECT_EQ(SrtpProfileName(SrtpProfile::kAeadAes128Gcm), "SRTP_AEAD_AES_128_GCM");
  EXPECT_EQ(SrtpProfileName(static_cast<SrtpProfile>(5)), "");
}

}  // namespace
}  // namespace koeru::server
