#include "core/bytes/number.h"

#include <gtest/gtest.h>

namespace koeru {
namespace {

TEST(ToHexNumber, FillsWithZerosAndWritesUpperCase) {
  EXPECT_EQ(ToHexNumber(0x4000, 4), "0x4000");
  EXPECT_EQ(ToHexNumber(0xabc, 4), "0x0ABC");
  EXPECT_EQ(ToHexNumber(0, 2), "0x00");
  EXPECT_EQ(ToHexNumber(UINT64_MAX, 2), "0xFFFFFFFFFFFFFFFF");
}

TEST(ParseNumber, ReadsDecimalAndHexadecimal) {
  EXPECT_EQ(*ParseNumber<uint16_t>("65535"), 65535);
  EXPECT_EQ(*ParseNumber<uint16_t>("0xfFfF"), 65535);
  EXPECT_EQ(*ParseNumber<uint64_t>("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(*ParseNumber<uint8_t>("0"), 0);
}

TEST(ParseNumber, RefusesWhatIsNoNumberOfThatSize) {
  for (const char* text : {"", " 1", "1 ", "+1", "-1", "0x", "x1", "1a", "0x1g", "0x-1"}) {
    EXPECT_FALSE(ParseNumber<uint16_t>(text).ok()) << text;
  }
  EXPECT_EQ(ParseNumber<uint16_t>("65536").error().reason, "the number is too large");
  EXPECT_FALSE(ParseNumber<uint8_t>("0x100").ok());
}

}  // namespace
}  // namespace koeru
