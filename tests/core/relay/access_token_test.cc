#include "core/relay/access_token.h"

#include <gtest/gtest.h>

#include <random>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"

namespace koeru::relay {
namespace {

constexpr std::string_view kServer = "blackdow.carleon.gov";

struct Sealed {
  std::vector<uint8_t> value;  // of ACCESS-TOKEN
  stun::AccessToken token() const { return *stun::AccessToken::Decode(value, {}); }
};

Sealed Made(const std::vector<uint8_t>& value) { return {value}; }

std::vector<uint8_t> Bytes20() { return std::vector<uint8_t>(20, 0x4B); }

TokenContent Content(size_t key_size = 20) {
  return {*LongTermKey::OfToken(std::vector<uint8_t>(key_size, 0x4B)), {1'700'000'000}, 3600};
}

// Made with Debian's coturn 4.6.1:
//   turnutils_oauth -e -i blackdow.carleon.gov -j north -n A256GCM -o MTIzNDU2Nzg5MDEy
//     -k MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI= -p MTIzNDU2Nzg5MDEyMzQ1Njc4OTA= -r 3600
TEST(AccessToken, OneThatCoturnMadeOpens) {
  const auto sealed = Made(*crypto::FromBase64(
      "AAwxMjM0NTY3ODkwMTKA5szcMXX019IqBrTgJ1toK4ghzEbCvXRi61SH4e6ksXKjHqpAkSqCIiGW59IVGXiQ1g=="));
  const Bytes key = AsBytes("12345678901234567890123456789012");
  const auto content = OpenAccessToken(sealed.token(), key, kServer);
  ASSERT_TRUE(content.ok()) << content.error().reason;
  EXPECT_EQ(AsText(content->mac_key.bytes()), "12345678901234567890");
  EXPECT_EQ(content->issued.seconds, 1795693594);
  EXPECT_EQ(content->lifetime_s, 3600u);
  EXPECT_FALSE(OpenAccessToken(sealed.token(), key, "another.server").ok());
  EXPECT_FALSE(
      OpenAccessToken(sealed.token(), AsBytes("12345678901234567890123456789013"), kServer).ok());
  EXPECT_FALSE(OpenAccessToken(sealed.token(), key.first(16), kServer).ok());
}

TEST(AccessToken, WhatIsSealedOpensAgainWithBothAlgorithmsAndBothKeySizes) {
  const std::vector<uint8_t> nonce(12, 9);
  for (const size_t aes : {16u, 32u}) {
    for (const size_t size : {20u, 32u}) {
      const std::vector<uint8_t> key(aes, 1);
      const auto block = SealAccessToken(Content(size), nonce, key, kServer);
      const auto content = OpenAccessToken({nonce, block}, key, kServer);
      ASSERT_TRUE(content.ok()) << content.error().reason;
      EXPECT_TRUE(content->mac_key == Content(size).mac_key);
      EXPECT_EQ(content->issued, Content().issued);
      EXPECT_EQ(content->lifetime_s, 3600u);
    }
  }
  EXPECT_TRUE(SealAccessToken(Content(), nonce, Bytes20(), kServer).empty());
  EXPECT_TRUE(SealAccessToken(Content(), Bytes20(), std::vector<uint8_t>(16), kServer).empty());
}

// THREATS.md: tokens of any size and content are safe. CVE-2026-43994 trusted the nonce's length.
TEST(AccessToken, Cve2026_43994_NoncesAndBlocksOfAnyLengthAreErrors) {
  const std::vector<uint8_t> key(32, 1);
  std::mt19937_64 random(7);
  for (size_t size = 0; size <= 65535; size = size < 200 ? size + 1 : size * 2 + 1) {
    std::vector<uint8_t> filled(size);
    for (uint8_t& byte : filled) byte = static_cast<uint8_t>(random());
    EXPECT_FALSE(OpenAccessToken({filled, filled}, key, kServer).ok()) << size;
    EXPECT_FALSE(OpenAccessToken({std::vector<uint8_t>(12), filled}, key, kServer).ok()) << size;
    for (const uint16_t announced : {uint16_t{0}, uint16_t{12}, uint16_t{13}, uint16_t{257},
                                     uint16_t{0x7FFF}, uint16_t{0xFFFF}}) {
      std::vector<uint8_t> value = filled;
      if (size >= 2) {
        value[0] = static_cast<uint8_t>(announced >> 8);
        value[1] = static_cast<uint8_t>(announced);
      }
      const auto token = stun::AccessToken::Decode(value, {});
      if (!token.ok()) continue;
      EXPECT_FALSE(OpenAccessToken(*token, key, kServer).ok()) << size << " " << announced;
    }
  }
}

// Whoever has the key may still put nonsense into a token.
TEST(AccessToken, FieldsThatDoNotFillATokenAreAnError) {
  const std::vector<uint8_t> key(32, 1), nonce(12, 9);
  const auto open = [&](std::vector<uint8_t> plain) {
    std::vector<uint8_t> block(plain.size() + crypto::kAesGcmTagSize);
    EXPECT_TRUE(crypto::SealAesGcm(key, {nonce, AsBytes(kServer)}, plain, block));
    return OpenAccessToken({nonce, block}, key, kServer);
  };
  std::vector<uint8_t> good(2 + 20 + 12, 1);
  good[0] = 0;
  good[1] = 20;
  EXPECT_TRUE(open(good).ok());
  for (const size_t size : {0u, 13u, 14u, 33u, 35u, 46u, 47u, 1000u}) {
    std::vector<uint8_t> other = good;
    other.resize(size);
    EXPECT_FALSE(open(other).ok()) << size;
  }
  for (const size_t length : {0u, 16u, 19u, 21u, 32u, 64u, 255u}) {
    std::vector<uint8_t> other = good;
    other[1] = static_cast<uint8_t>(length);
    EXPECT_FALSE(open(other).ok()) << length;
    other.resize(2 + length + 12);
    EXPECT_EQ(open(other).ok(), length == 32) << length;
  }
}

// RFC 7635 section 7: "lifetime + Delta > abs(RDnew - TS)".
TEST(AccessToken, Rfc7635_7_CountsFromItsTimestampForItsLifetimeAndFiveSeconds) {
  const TokenContent content = Content();
  const int64_t ts = content.issued.seconds;
  EXPECT_TRUE(content.CountsAt({ts}));
  EXPECT_TRUE(content.CountsAt({ts + 3604}));
  EXPECT_FALSE(content.CountsAt({ts + 3605}));
  EXPECT_TRUE(content.CountsAt({ts - 3604}));
  EXPECT_FALSE(content.CountsAt({ts - 3605}));
  EXPECT_EQ(content.end().seconds, ts + 3605);
  TokenContent far = content;
  far.issued = {(int64_t{1} << 48) - 1};
  far.lifetime_s = UINT32_MAX;
  EXPECT_FALSE(far.CountsAt({ts}));
  far.issued = {0};
  far.lifetime_s = 0;
  EXPECT_TRUE(far.CountsAt({4}));
  EXPECT_FALSE(far.CountsAt({5}));
}

}  // namespace
}  // namespace koeru::relay
