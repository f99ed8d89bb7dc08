#include "core/crypto/aes_gcm.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/bytes/hex.h"

namespace koeru::crypto {
namespace {

struct Vector {
  const char* key;
  const char* nonce;
  const char* associated_data;
  const char* plain;
  const char* sealed;  // and the tag
};

// The GCM specification of McGrew and Viega (2005), appendix B: test cases 3 and 4 (AES-128) and 15
// and 16 (AES-256).
constexpr char kPlain[] =
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525"
    "b16aedf5aa0de657ba637b391aafd255";
constexpr char kPlain60[] =
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525"
    "b16aedf5aa0de657ba637b39";
constexpr char kData[] = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
constexpr char kNonce[] = "cafebabefacedbaddecaf888";
constexpr char kKey128[] = "feffe9928665731c6d6a8f9467308308";
constexpr char kKey256[] = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
constexpr Vector kVectors[] = {
    {kKey128, kNonce, "", kPlain,
     "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
     "21d514b25466931c7d8f6a5aac84aa05"
     "1ba30b396a0aac973d58e091473f5985"
     "4d5c2af327cd64a62cf35abd2ba6fab4"},
    {kKey128, kNonce, kData, kPlain60,
     "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
     "21d514b25466931c7d8f6a5aac84aa05"
     "1ba30b396a0aac973d58e091"
     "5bc94fbc3221a5db94fae95ae7121a47"},
    {kKey256, kNonce, "", kPlain,
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838"
     "c5f61e6393ba7a0abcc9f662898015ad"
     "b094dac5d93471bdec1a502270e3cc6c"},
    {kKey256, kNonce, kData, kPlain60,
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838"
     "c5f61e6393ba7a0abcc9f662"
     "76fc6ece0f4e1768cddf8853bb2d551b"},
};

TEST(AesGcm, VectorsOfItsSpecification) {
  for (const Vector& v : kVectors) {
    SCOPED_TRACE(v.sealed);
    const auto key = *FromHex(v.key), nonce = *FromHex(v.nonce), data = *FromHex(v.associated_data),
               plain = *FromHex(v.plain), sealed = *FromHex(v.sealed);
    std::vector<uint8_t> made(sealed.size()), opened(plain.size());
    EXPECT_TRUE(SealAesGcm(key, {nonce, data}, plain, made));
    EXPECT_EQ(ToHex(made), v.sealed);
    EXPECT_TRUE(OpenAesGcm(key, {nonce, data}, sealed, opened));
    EXPECT_EQ(opened, plain);
  }
}

TEST(AesGcm, EveryChangedBitIsFoundAndNothingOfTheTextIsGivenAway) {
  const Vector& v = kVectors[1];
  const auto key = *FromHex(v.key), nonce = *FromHex(v.nonce), data = *FromHex(v.associated_data),
             sealed = *FromHex(v.sealed);
  std::vector<uint8_t> opened(sealed.size() - kAesGcmTagSize);
  const std::vector<uint8_t> zeros(opened.size());
  for (size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::vector<uint8_t> changed = sealed;
    changed[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    ASSERT_FALSE(OpenAesGcm(key, {nonce, data}, changed, opened)) << bit;
    ASSERT_EQ(opened, zeros);
  }
  std::vector<uint8_t> other = data;
  other.back() ^= 1;
  EXPECT_FALSE(OpenAesGcm(key, {nonce, other}, sealed, opened));
  EXPECT_FALSE(OpenAesGcm(key, {nonce, {}}, sealed, opened));
}

TEST(AesGcm, SizesThatFitNothingAreRefused) {
  std::vector<uint8_t> key(32), nonce(12), plain(4), sealed(20);
  EXPECT_TRUE(SealAesGcm(key, {nonce, {}}, plain, sealed));
  for (const size_t size : {0u, 1u, 15u, 17u, 24u, 31u, 33u, 64u}) {
    EXPECT_FALSE(SealAesGcm(std::vector<uint8_t>(size), {nonce, {}}, plain, sealed)) << size;
  }
  for (const size_t size : {0u, 11u, 13u, 256u}) {
    EXPECT_FALSE(SealAesGcm(key, {std::vector<uint8_t>(size), {}}, plain, sealed)) << size;
    EXPECT_FALSE(OpenAesGcm(key, {std::vector<uint8_t>(size), {}}, sealed, plain)) << size;
  }
  for (const size_t size : {0u, 15u, 16u, 19u, 21u}) {
    EXPECT_FALSE(OpenAesGcm(key, {nonce, {}}, std::vector<uint8_t>(size), plain)) << size;
  }
}

}  // namespace
}  // namespace koeru::crypto
