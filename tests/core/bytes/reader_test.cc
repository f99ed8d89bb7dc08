#include "core/bytes/reader.h"

#include <gtest/gtest.h>

#include <array>

namespace koeru {
namespace {

constexpr std::array<uint8_t, 18> kBytes = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09,
                                            0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12};

TEST(Reader, ReadsIntegersInNetworkByteOrder) {
  Reader r(kBytes);
  EXPECT_EQ(r.U8(), 0x01);
  EXPECT_EQ(r.U16(), 0x0203);
  EXPECT_EQ(r.U24(), 0x040506u);
  EXPECT_EQ(r.U32(), 0x0708090Au);
  EXPECT_EQ(r.U64(), 0x0B0C0D0E0F101112u);
  EXPECT_TRUE(r.AtEnd());
}

TEST(Reader, TakesViewsIntoItsInput) {
  Reader r(kBytes);
  r.Skip(2);
  const Bytes taken = r.Take(3);
  EXPECT_EQ(taken.data(), kBytes.data() + 2);
  EXPECT_EQ(taken.size(), 3u);
  EXPECT_EQ(r.Rest().size(), 13u);
  EXPECT_TRUE(r.AtEnd());
}

TEST(Reader, FailsForGoodWhenItReadsPastTheEnd) {
  Reader r(Bytes(kBytes).first(3));
  EXPECT_EQ(r.U32(), 0u);
  EXPECT_FALSE(r.ok());
  EXPECT_EQ(r.offset(), 0u) << "the offset names the field that was cut short";
  EXPECT_EQ(r.U8(), 0) << "the failure is sticky";
  EXPECT_TRUE(r.Take(1).empty());
  EXPECT_TRUE(r.Rest().empty());
  EXPECT_FALSE(r.AtEnd());
}

TEST(Reader, RefusesSizesThatWouldOverflow) {
  Reader r(kBytes);
  r.U8();
  EXPECT_TRUE(r.Take(SIZE_MAX).empty());
  EXPECT_FALSE(r.ok());
}

TEST(Reader, EmptyInputIsAtItsEnd) {
  Reader r({});
  EXPECT_TRUE(r.AtEnd());
  EXPECT_EQ(r.U8(), 0);
  EXPECT_FALSE(r.AtEnd());
}

}  // namespace
}  // namespace koeru
