#include "core/crypto/hash.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::crypto {
namespace {

std::vector<uint8_t> Repeated(uint8_t byte, size_t size) {
  return std::vector<uint8_t>(size, byte);
}

struct HmacCase {
  std::vector<uint8_t> key;
  std::vector<uint8_t> data;
  const char* mac;
};

std::vector<uint8_t> Of(std::string_view text) { return {text.begin(), text.end()}; }

TEST(HmacSha1, Rfc2202_3_TestCases) {
  const HmacCase kCases[] = {
      {Repeated(0x0b, 20), Of("Hi There"), "b617318655057264e28bc0b6fb378c8ef146be00"},
      {Of("Jefe"), Of("what do ya want for nothing?"), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
      {Repeated(0xaa, 20), Repeated(0xdd, 50), "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
      {*FromHex("0102030405060708090a0b0c0d0e0f10111213141516171819"), Repeated(0xcd, 50),
       "4c9007f4026250c6bc8414f9bf50c86c2d7235da"},
      {Repeated(0x0c, 20), Of("Test With Truncation"), "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"},
      {Repeated(0xaa, 80), Of("Test Using Larger Than Block-Size Key - Hash Key First"),
       "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
      {Repeated(0xaa, 80),
       Of("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
       "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"},
  };
  for (const HmacCase& c : kCases) EXPECT_EQ(ToHex(HmacSha1(c.key, {c.data})), c.mac);
}

TEST(HmacSha256, Rfc4231_4_TestCases) {
  const HmacCase kCases[] = {
      {Repeated(0x0b, 20), Of("Hi There"),
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {Of("Jefe"), Of("what do ya want for nothing?"),
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {Repeated(0xaa, 20), Repeated(0xdd, 50),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {*FromHex("0102030405060708090a0b0c0d0e0f10111213141516171819"), Repeated(0xcd, 50),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {Repeated(0xaa, 131), Of("Test Using Larger Than Block-Size Key - Hash Key First"),
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {Repeated(0xaa, 131),
       Of("This is a test using a larger than block-size key and a larger than block-size data. "
          "The key needs to be hashed before being used by the HMAC algorithm."),
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  for (const HmacCase& c : kCases) EXPECT_EQ(ToHex(HmacSha256(c.key, {c.data})), c.mac);
}

TEST(Md5, Rfc1321_A_5_TestSuite) {
  EXPECT_EQ(ToHex(Md5({})), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(ToHex(Md5({AsBytes("abc")})), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(ToHex(Md5({AsBytes("message digest")})), "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST(Sha256, Fips180_Examples) {
  EXPECT_EQ(ToHex(Sha256({AsBytes("abc")})),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ToHex(Sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, PartsGiveTheSameAsTheWhole) {
  const auto parts = {AsBytes("mess"), AsBytes(""), AsBytes("age dig"), AsBytes("est")};
  EXPECT_EQ(Md5(parts), Md5({AsBytes("message digest")}));
  EXPECT_EQ(Sha256(parts), Sha256({AsBytes("message digest")}));
  EXPECT_EQ(HmacSha1(AsBytes("k"), parts), HmacSha1(AsBytes("k"), {AsBytes("message digest")}));
  EXPECT_EQ(HmacSha256({}, parts), HmacSha256({}, {AsBytes("message digest")})) << "empty key";
}

TEST(ConstantTimeEquals, ComparesSizesAndBytes) {
  const std::vector<uint8_t> a = {1, 2, 3}, b = {1, 2, 4}, c = {1, 2};
  EXPECT_TRUE(ConstantTimeEquals(a, a));
  EXPECT_FALSE(ConstantTimeEquals(a, b));
  EXPECT_FALSE(ConstantTimeEquals(a, c));
  EXPECT_TRUE(ConstantTimeEquals({}, {}));
}

}  // namespace
}  // namespace koeru::crypto
