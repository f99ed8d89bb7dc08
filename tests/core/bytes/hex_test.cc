#include "core/bytes/hex.h"

#include <gtest/gtest.h>

namespace koeru {
namespace {

TEST(Hex, RoundTripsEveryByte) {
  std::vector<uint8_t> bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<uint8_t>(i));
  const auto again = FromHex(ToHex(bytes));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, bytes);
}

TEST(Hex, ReadsWhatPeoplePaste) {
  for (const char* text : {"2112A442", "21 12 a4 42", "21:12:A4:42", "0x2112a442",
                           "0x21, 0x12,\n0xA4, 0x42\r\n", "\t2112 a442 "}) {
    const auto bytes = FromHex(text);
    ASSERT_TRUE(bytes.ok()) << text;
    EXPECT_EQ(ToHex(*bytes), "2112a442") << text;
  }
  EXPECT_TRUE(FromHex("")->empty());
}

TEST(Hex, NamesTheOffendingCharacter) {
  EXPECT_EQ(FromHex("21g2").error().offset, 2u);
  EXPECT_EQ(FromHex("2 1").error().offset, 1u) << "a separator stands between bytes only";
  EXPECT_EQ(FromHex("211").error().offset, 3u);
  EXPECT_FALSE(FromHex("xx").ok());
  EXPECT_FALSE(FromHex("1x").ok());
}

}  // namespace
}  // namespace koeru
