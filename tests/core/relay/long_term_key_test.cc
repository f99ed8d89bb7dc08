#include "core/relay/long_term_key.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::relay {
namespace {

// RFC 8489 section 18.5.1.1 names the input; the digest is the example of RFC 5389 section 15.4.
TEST(LongTermKey, Md5OfUserRealmPass) {
  const auto key = LongTermKey::Derive(KeyAlgorithm::kMd5, "user", "realm", "pass");
  EXPECT_EQ(key.algorithm(), KeyAlgorithm::kMd5);
  EXPECT_EQ(ToHex(key.bytes()), "8493fbc53ba582fb4c044c456bdc40eb");
}

// printf user:realm:pass | sha256sum
TEST(LongTermKey, Sha256OfUserRealmPass) {
  const auto key = LongTermKey::Derive(KeyAlgorithm::kSha256, "user", "realm", "pass");
  EXPECT_EQ(key.algorithm(), KeyAlgorithm::kSha256);
  EXPECT_EQ(ToHex(key.bytes()), "07e934117abd40836e7c6329b54731b2b2d2a5f9a71f544922d75e0730d8251b");
}

TEST(LongTermKey, TheAlgorithmIsPartOfTheKey) {
  const LongTermKey md5(crypto::Md5Digest{});
  const LongTermKey sha256(crypto::Sha256Digest{});
  EXPECT_FALSE(md5 == sha256);
  EXPECT_TRUE(md5 == LongTermKey(crypto::Md5Digest{}));
  EXPECT_EQ(md5.bytes().size(), 16u);
  EXPECT_EQ(sha256.bytes().size(), 32u);
}

// RFC 7635 section 6.2.
TEST(LongTermKey, OfATokenItHas20Or32BytesAndIsNoPasswordsKey) {
  for (const size_t size : {0u, 16u, 19u, 21u, 31u, 33u, 64u}) {
    EXPECT_FALSE(LongTermKey::OfToken(std::vector<uint8_t>(size))) << size;
  }
  const auto sha1 = LongTermKey::OfToken(std::vector<uint8_t>(20, 1));
  const auto sha256 = LongTermKey::OfToken(std::vector<uint8_t>(32));
  EXPECT_EQ(sha1->algorithm(), KeyAlgorithm::kTokenSha1);
  EXPECT_EQ(ToHex(sha1->bytes()), "0101010101010101010101010101010101010101");
  EXPECT_EQ(sha256->algorithm(), KeyAlgorithm::kTokenSha256);
  EXPECT_EQ(sha256->bytes().size(), 32u);
  EXPECT_EQ(ToHex(sha1->AsInCoturn().bytes()), "01010101010101010101010101010101");
  EXPECT_FALSE(sha1->AsInCoturn() == *sha1);
  EXPECT_TRUE(sha1->AsInCoturn().is_of_token());
  EXPECT_TRUE(sha1->is_of_token() && sha256->is_of_token());
  EXPECT_FALSE(*sha256 == LongTermKey(crypto::Sha256Digest{}));
  EXPECT_FALSE(LongTermKey(crypto::Sha256Digest{}).is_of_token());
}

}  // namespace
}  // namespace koeru::relay
