#include "core/bytes/writer.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "core/bytes/hex.h"

namespace koeru {
namespace {

TEST(Writer, WritesIntegersInNetworkByteOrder) {
  std::array<uint8_t, 18> buffer;
  Writer w(buffer);
  w.U8(0x01);
  w.U16(0x0203);
  w.U24(0x040506);
  w.U32(0x0708090A);
  w.U64(0x0B0C0D0E0F101112);
  EXPECT_EQ(ToHex(w.written()), "0102030405060708090a0b0c0d0e0f101112");
}

TEST(Writer, FailsForGoodWhenTheBufferIsFull) {
  std::array<uint8_t, 3> buffer = {0xEE, 0xEE, 0xEE};
  Writer w(buffer);
  w.U16(1);
  w.U16(2);
  EXPECT_FALSE(w.ok());
  w.U8(3);
  EXPECT_FALSE(w.ok()) << "the failure is sticky";
  EXPECT_TRUE(w.written().empty());
  EXPECT_EQ(buffer[2], 0xEE) << "nothing is written in part";
}

TEST(Writer, PadsWithZeros) {
  std::array<uint8_t, 8> buffer;
  buffer.fill(0xAA);
  Writer w(buffer);
  w.Put("abcde");
  w.PadTo(4);
  EXPECT_EQ(ToHex(w.written()), "6162636465000000");
  w.PadTo(4);
  EXPECT_EQ(w.size(), 8u) << "a full word needs no padding";
}

TEST(Writer, PatchesOnlyWhatIsWritten) {
  std::array<uint8_t, 4> buffer{};
  Writer w(buffer);
  w.U16(0);
  w.PatchU16(0, 0x1234);
  EXPECT_EQ(ToHex(w.written()), "1234");
  w.PatchU16(1, 0);
  EXPECT_FALSE(w.ok());
}

TEST(LengthPrefix16, IsPatchedWhenTheScopeEnds) {
  std::array<uint8_t, 8> buffer;
  Writer w(buffer);
  {
    LengthPrefix16 length(w);
    w.Put("abc");
  }
  EXPECT_EQ(ToHex(w.written()), "0003616263");
}

TEST(LengthPrefix16, FailsWhenTheScopeIsTooLong) {
  std::vector<uint8_t> buffer(0x10010);
  Writer w(buffer);
  {
    LengthPrefix16 length(w);
    w.Zeros(0x10000);
  }
  EXPECT_FALSE(w.ok());
}

TEST(Writer, RefusesSizesThatWouldOverflow) {
  std::array<uint8_t, 4> buffer;
  Writer w(buffer);
  w.U8(1);
  const volatile size_t everything = SIZE_MAX;  // gcc 12 warns of the constant
  w.Zeros(everything);
  EXPECT_FALSE(w.ok());
}

}  // namespace
}  // namespace koeru
