#include "core/ice/token.h"

#include <gtest/gtest.h>

#include <string>

namespace koeru::ice {
namespace {

// RFC 8866 section 9: token-char = %x21 / %x23-27 / %x2A-2B / %x2D-2E / %x30-39 / %x41-5A / %x5E-7E
TEST(Token, Rfc8866_9_TokenChars) {
  for (int c = 0; c < 256; ++c) {
    const bool expected = c == 0x21 || (c >= 0x23 && c <= 0x27) || c == 0x2A || c == 0x2B ||
                          c == 0x2D || c == 0x2E || (c >= 0x30 && c <= 0x39) ||
                          (c >= 0x41 && c <= 0x5A) || (c >= 0x5E && c <= 0x7E);
    EXPECT_EQ(IsTokenChar(static_cast<char>(c)), expected) << c;
  }
}

TEST(Token, Rfc8839_5_1_IceChars) {
  const std::string all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int c = 0; c < 256; ++c) {
    const bool expected = c != 0 && all.find(static_cast<char>(c)) != std::string::npos;
    EXPECT_EQ(IsIceChar(static_cast<char>(c)), expected) << c;
  }
}

TEST(Token, NumbersAreDecimalWithoutLeadingZeros) {
  EXPECT_EQ(*ParseNumber("0", 0, 9, "bad"), 0u);
  EXPECT_EQ(*ParseNumber("4294967295", 0, UINT32_MAX, "bad"), UINT32_MAX);
  EXPECT_EQ(ParseNumber("", 0, 9, "bad").error().offset, 0u);
  EXPECT_EQ(ParseNumber("10", 0, 9, "bad").error().reason, "bad");
  EXPECT_EQ(ParseNumber("1x", 0, 9, "bad").error().offset, 1u);
  EXPECT_EQ(ParseNumber("+1", 0, 9, "bad").error().offset, 0u);
  EXPECT_FALSE(ParseNumber("00", 0, 9, "bad").ok());
  EXPECT_FALSE(ParseNumber("4294967296", 0, UINT32_MAX, "bad").ok());
  EXPECT_FALSE(ParseNumber("18446744073709551617", 0, UINT32_MAX, "bad").ok());
}

TEST(Token, CaseIsIgnoredInAsciiOnly) {
  EXPECT_TRUE(EqualsIgnoringCase("TurnS", "turns"));
  EXPECT_FALSE(EqualsIgnoringCase("turn", "turns"));
  EXPECT_TRUE(EndsWithIgnoringCase("x.LOCAL", ".local"));
  EXPECT_FALSE(EndsWithIgnoringCase("cal", ".local"));
}

}  // namespace
}  // namespace koeru::ice
