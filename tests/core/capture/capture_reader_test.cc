#include "core/capture/capture_reader.h"

#include <gtest/gtest.h>

#include "tests/core/capture/packets.h"

namespace koeru::capture {
namespace {

// Hex of a pcap file with one packet of four bytes, at 1.5 s, of six on the wire.
constexpr std::string_view kLittle =
    "d4c3b2a1 02000400 00000000 00000000 00000400 01000000"
    "01000000 20a10700 04000000 06000000 01020304";
constexpr std::string_view kBigNanoseconds =
    "a1b23c4d 00020004 00000000 00000000 00040000 00000071"
    "00000001 1dcd6500 00000004 00000006 01020304";
// A section, an interface (Ethernet, milliseconds, 10 s later), a block to pass over, an enhanced
// packet block at 1500 ms, and a simple one.
constexpr std::string_view kNg =
    "0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000"
    "01000000 2c000000 01000000 00000400 09000100 03000000 0e000800 0a00000000000000 00000000"
    "2c000000"
    "0b000000 0c000000 0c000000"
    "06000000 28000000 00000000 00000000 dc050000 06000000 0a000000 aabbccddeeff 0000 28000000"
    "03000000 14000000 02000000 11220000 14000000";

std::vector<CapturedPacket> All(CaptureReader& reader) {
  std::vector<CapturedPacket> packets;
  while (const auto packet = reader.Next()) packets.push_back(*packet);
  return packets;
}

TEST(CaptureReader, ReadsPcapInEitherByteOrder) {
  for (const std::string_view hex : {kLittle, kBigNanoseconds}) {
    const Octets file = Hex(hex);
    CaptureReader reader(file);
    const auto packets = All(reader);
    ASSERT_FALSE(reader.error());
    ASSERT_EQ(packets.size(), 1u);
    EXPECT_EQ(packets[0].time_ns, 1'500'000'000u);
    EXPECT_EQ(packets[0].link_type, hex == kLittle ? 1 : 0x71);
    EXPECT_EQ(packets[0].offset, 40u);
    EXPECT_EQ(Octets(packets[0].bytes.begin(), packets[0].bytes.end()), Hex("01020304"));
    EXPECT_TRUE(packets[0].cut);
  }
}

TEST(CaptureReader, ReadsPcapng) {
  const Octets file = Hex(kNg);
  CaptureReader reader(file);
  const auto packets = All(reader);
  ASSERT_FALSE(reader.error()) << reader.error()->reason << reader.error()->offset;
  ASSERT_EQ(packets.size(), 2u);
  EXPECT_EQ(packets[0].time_ns, 11'500'000'000u);
  EXPECT_EQ(Octets(packets[0].bytes.begin(), packets[0].bytes.end()), Hex("aabbccddeeff"));
  EXPECT_EQ(file[packets[0].offset], 0xAA);
  EXPECT_TRUE(packets[0].cut);
  EXPECT_EQ(Octets(packets[1].bytes.begin(), packets[1].bytes.end()), Hex("1122"));
  EXPECT_FALSE(packets[1].cut);
}

// draft-ietf-opsawg-pcapng section 4.2, if_tsresol.
TEST(CaptureReader, TimesHaveTheResolutionOfTheirInterface) {
  const auto time_of = [](uint8_t resolution) {
    Octets file = Hex(kNg);
    file[28 + 8 + 8 + 4] = resolution;
    CaptureReader reader(file);
    return reader.Next()->time_ns;
  };
  EXPECT_EQ(time_of(0x09), 10'000'001'500u);
  EXPECT_EQ(time_of(0x0C), 10'000'000'001u);
  EXPECT_EQ(time_of(0x80 | 10), 11'000'000'000u + 476ull * 1'000'000'000 / 1024);
  EXPECT_EQ(time_of(0x7F), 10'001'500'000u) << "no such resolution: microseconds";
}

TEST(CaptureReader, EveryTruncationIsAnErrorBehindTheLastWholePacket) {
  for (const std::string_view hex : {kLittle, kBigNanoseconds, kNg}) {
    const Octets file = Hex(hex);
    size_t errors = 0;
    for (size_t size = 0; size < file.size(); ++size) {
      CaptureReader reader(Bytes(file).first(size));
      while (reader.Next()) {
      }
      if (reader.error()) {
        ++errors;
        EXPECT_LE(reader.error()->offset, size);
      }
      EXPECT_FALSE(reader.Next()) << "nothing comes after an error";
    }
    // Between packets a file may end.
    EXPECT_GE(errors, file.size() - 5);
  }
}

TEST(CaptureReader, BlocksThatMakeNoSenseAreErrors) {
  const auto error_of = [](size_t at, uint8_t value) {
    Octets file = Hex(kNg);
    file[at] = value;
    CaptureReader reader(file);
    while (reader.Next()) {
    }
    return std::string(reader.error() ? reader.error()->reason : "");
  };
  EXPECT_EQ(error_of(8, 0), "a section without a byte-order magic");
  EXPECT_EQ(error_of(4, 0), "a block of an impossible length");
  // An enhanced packet block of an interface that there is not.
  EXPECT_EQ(error_of(28 + 44 + 12 + 8, 9), "a packet block that makes no sense");
}

TEST(LooksLikeCapture, GoesByTheMagicNumber) {
  EXPECT_TRUE(LooksLikeCapture(Hex(kLittle)));
  EXPECT_TRUE(LooksLikeCapture(Hex(kBigNanoseconds)));
  EXPECT_TRUE(LooksLikeCapture(Hex(kNg)));
  EXPECT_FALSE(LooksLikeCapture(Hex("000100002112a442")));
  EXPECT_FALSE(LooksLikeCapture({}));
}

}  // namespace
}  // namespace koeru::capture
