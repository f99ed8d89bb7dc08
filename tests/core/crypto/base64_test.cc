#include "core/crypto/base64.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::crypto {
namespace {

TEST(Base64, Rfc4648_10_TestVectors) {
  const struct {
    const char* plain;
    const char* text;
  } kCases[] = {{"", ""},
                {"f", "Zg=="},
                {"fo", "Zm8="},
                {"foo", "Zm9v"},
                {"foob", "Zm9vYg=="},
                {"fooba", "Zm9vYmE="},
                {"foobar", "Zm9vYmFy"}};
  for (const auto& c : kCases) {
    EXPECT_EQ(ToBase64(AsBytes(c.plain)), c.text);
    const auto bytes = FromBase64(c.text);
    ASSERT_TRUE(bytes.ok()) << c.text;
    EXPECT_EQ(AsText(*bytes), c.plain);
  }
}

TEST(Base64, RoundTripsEverySizeAndByte) {
  std::vector<uint8_t> bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(*FromBase64(ToBase64(bytes)), bytes);
    bytes.push_back(static_cast<uint8_t>(i * 7));
  }
}

TEST(Base64, TakesOneSpellingOnly) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm9=", "Zm 9v", "Zm9v\n",
                           "Zm9v\r\nZg==", "Zm-v", "Zm_v", "====", "Zg==Zg==", "Zm9v "}) {
    EXPECT_FALSE(FromBase64(text).ok()) << text;
  }
}

TEST(Base64, Rfc7515_C_UrlsHaveTwoOtherSignsAndNoPadding) {
  const std::vector<uint8_t> bytes = {3, 236, 255, 224, 193};
  EXPECT_EQ(ToBase64Url(bytes), "A-z_4ME");
  EXPECT_EQ(*FromBase64Url("A-z_4ME"), bytes);
  EXPECT_EQ(ToBase64Url({}), "");
  EXPECT_TRUE(FromBase64Url("")->empty());
}

TEST(Base64, UrlsHaveOneSpellingOnly) {
  for (const char* text :
       {"A+z/4ME", "A-z_4ME=", "A-z_4MF", "A", "A-z_4", "A-z_4ME\n", "A-z 4ME"}) {
    EXPECT_FALSE(FromBase64Url(text).ok()) << text;
  }
}

}  // namespace
}  // namespace koeru::crypto
