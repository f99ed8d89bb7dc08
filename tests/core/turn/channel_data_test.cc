#include "core/turn/channel_data.h"

#include <gtest/gtest.h>

#include <array>

#include "core/bytes/hex.h"

namespace koeru::turn {
namespace {

TEST(ChannelData, Rfc8656_12_5_NeedsNoPaddingOverUdp) {
  for (const char* hex : {"40010003616263", "4001000361626300", "400100036162630000000000"}) {
    const auto bytes = *FromHex(hex);
    const auto message = ChannelDataView::Parse(bytes);
    ASSERT_TRUE(message.ok()) << hex;
    EXPECT_EQ(message->channel, 0x4001);
    EXPECT_EQ(AsText(message->data), "abc");
    EXPECT_EQ(message->data.data(), bytes.data() + 4) << "a view, not a copy";
  }
}

TEST(ChannelData, MayBeEmpty) {
  const auto bytes = *FromHex("4fff0000");
  const auto message = ChannelDataView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  EXPECT_TRUE(message->data.empty());
}

TEST(ChannelData, SaysWhatIsWrong) {
  const struct {
    const char* hex;
    const char* reason;
    size_t offset;
  } kCases[] = {
      {"", "shorter than a ChannelData header (4 bytes)", 0},
      {"400000", "shorter than a ChannelData header (4 bytes)", 0},
      {"00010000", "the first two bits of ChannelData are 01", 0},
      {"80000000", "the first two bits of ChannelData are 01", 0},
      {"4000000461626300ff", "", 0},
      {"40000004616263", "the length of ChannelData runs past the end", 2},
      {"4000ffff", "the length of ChannelData runs past the end", 2},
  };
  for (const auto& c : kCases) {
    const auto bytes = *FromHex(c.hex);
    const auto message = ChannelDataView::Parse(bytes);
    EXPECT_EQ(message.ok(), *c.reason == '\0') << c.hex;
    if (message.ok()) continue;
    EXPECT_EQ(message.error().reason, c.reason);
    EXPECT_EQ(message.error().offset, c.offset);
  }
}

TEST(ChannelData, WriterPadsWithZerosOnStreamsOnly) {
  std::array<uint8_t, 16> buffer;
  for (size_t size = 0; size <= 8; ++size) {
    const std::vector<uint8_t> data(size, 0x55);
    buffer.fill(0xAA);
    Writer plain(buffer);
    WriteChannelData(plain, 0x4001, data, Padding::kNone);
    EXPECT_EQ(plain.written().size(), 4 + size);
    buffer.fill(0xAA);
    Writer padded(buffer);
    WriteChannelData(padded, 0x4001, data, Padding::kToFourBytes);
    ASSERT_EQ(padded.written().size() % 4, 0u);
    for (uint8_t byte : padded.written().subspan(4 + size)) EXPECT_EQ(byte, 0);
    EXPECT_EQ(AsText(ChannelDataView::Parse(padded.written())->data), AsText(data));
  }
}

TEST(ChannelData, HeaderGoesInFrontOfAPayloadInPlace) {
  std::array<uint8_t, 7> packet = {0, 0, 0, 0, 'a', 'b', 'c'};
  WriteChannelDataHeader(std::span(packet).first<4>(), 0x4ABC, 3);
  EXPECT_EQ(ToHex(packet), "4abc0003616263");
}

TEST(ChannelData, RefusesToWriteWhatNobodyCouldRead) {
  std::vector<uint8_t> buffer(70000);
  for (const uint16_t channel : std::initializer_list<uint16_t>{0x0001, 0x3FFF, 0x8000, 0xFFFF}) {
    Writer w(buffer);
    WriteChannelData(w, channel, {}, Padding::kNone);
    EXPECT_FALSE(w.ok()) << channel;
  }
  Writer longest(buffer);
  WriteChannelData(longest, 0x4000, std::vector<uint8_t>(0xFFFF), Padding::kNone);
  EXPECT_EQ(ChannelDataView::Parse(longest.written())->data.size(), 0xFFFFu);
  Writer longer(buffer);
  WriteChannelData(longer, 0x4000, std::vector<uint8_t>(0x10000), Padding::kNone);
  EXPECT_FALSE(longer.ok());
}

TEST(ChannelNumber, Rfc8656_12_AllowedRange) {
  EXPECT_FALSE(IsChannelNumber(0x3FFF));
  EXPECT_TRUE(IsChannelNumber(0x4000));
  EXPECT_TRUE(IsChannelNumber(0x4FFF));
  EXPECT_FALSE(IsChannelNumber(0x5000));
  EXPECT_TRUE(IsChannelNumber(0x5000, kMaxChannelRfc5766));
  EXPECT_TRUE(IsChannelNumber(0x7FFE, kMaxChannelRfc5766));
  EXPECT_FALSE(IsChannelNumber(0x7FFF, kMaxChannelRfc5766));
}

}  // namespace
}  // namespace koeru::turn
