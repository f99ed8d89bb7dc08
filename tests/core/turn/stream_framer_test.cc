#include "core/turn/stream_framer.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/turn/channel_data.h"
#include "tests/vectors/stun_messages.h"

namespace koeru::turn {
namespace {

std::vector<uint8_t> SampleStream() {
  std::string hex(vectors::kRfc5769_2_1_SampleRequest);
  hex += " 4001000361626300";  // ChannelData, padded
  hex += " 40020000";          // empty ChannelData
  hex += vectors::kRfc5769_2_4_LongTermRequest;
  hex += " 4001000461626364";
  return *FromHex(hex);
}

// Kinds and sizes of the frames, "S108 C7 ...".
std::string Cut(StreamFramer& framer) {
  std::string text;
  while (auto frame = framer.Next()) {
    text += frame->kind == FrameKind::kStun ? "S" : "C";
    text += std::to_string(frame->bytes.size()) + " ";
  }
  return text;
}

constexpr std::string_view kSampleFrames = "S108 C7 C4 S116 C8 ";

TEST(StreamFramer, CutsStunAndChannelData) {
  StreamFramer framer;
  framer.Append(SampleStream());
  EXPECT_EQ(Cut(framer), kSampleFrames);
  EXPECT_FALSE(framer.error());
  EXPECT_EQ(framer.buffered(), 0u);
}

TEST(StreamFramer, GivesTheSameFramesForEveryChunking) {
  const std::vector<uint8_t> stream = SampleStream();
  for (size_t chunk = 1; chunk <= stream.size(); ++chunk) {
    StreamFramer framer;
    std::string frames;
    for (size_t at = 0; at < stream.size(); at += chunk) {
      framer.Append(Bytes(stream).subspan(at, std::min(chunk, stream.size() - at)));
      frames += Cut(framer);
    }
    EXPECT_EQ(frames, kSampleFrames) << chunk;
    EXPECT_EQ(framer.buffered(), 0u);
  }
}

TEST(StreamFramer, Rfc8656_12_5_FramesAreWithoutPadding) {
  StreamFramer framer;
  framer.Append(*FromHex("40010003616263ff"));
  const auto frame = framer.Next();
  ASSERT_TRUE(frame);
  const auto message = ChannelDataView::Parse(frame->bytes);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(AsText(message->data), "abc");
  EXPECT_EQ(frame->bytes.size(), 7u);
}

TEST(StreamFramer, WaitsForTheRestOfAMessage) {
  const std::vector<uint8_t> stream = *FromHex("4001000561626364 65000000");
  for (size_t size = 0; size < stream.size(); ++size) {
    StreamFramer framer;
    framer.Append(Bytes(stream).first(size));
    EXPECT_FALSE(framer.Next()) << size;
    EXPECT_FALSE(framer.error()) << size;
    EXPECT_EQ(framer.buffered(), size);
  }
}

TEST(StreamFramer, EndsForGoodWhenItIsNeither) {
  const struct {
    const char* hex;
    const char* reason;
    size_t offset;
  } kCases[] = {
      {"80", "neither STUN nor ChannelData on this stream", 0},
      {"474554202f20485454502f312e31", "", 0},  // "GET / HTTP/1.1" looks like channel 0x4745
      {"160301", "", 0},                        // a TLS record's first bytes wait for more
      {"1603010200", "the message length is not a multiple of 4", 2},
      {"0001000021", "", 0},
      {"00010000 2112a443", "the magic cookie 0x2112A442 is missing", 4},
      {"00010001", "the message length is not a multiple of 4", 2},
      {"40010000 ff", "neither STUN nor ChannelData on this stream", 4},
  };
  for (const auto& c : kCases) {
    StreamFramer framer;
    framer.Append(*FromHex(c.hex));
    Cut(framer);
    ASSERT_EQ(framer.error().has_value(), *c.reason != '\0') << c.hex;
    if (!framer.error()) continue;
    EXPECT_EQ(framer.error()->reason, c.reason) << c.hex;
    EXPECT_EQ(framer.error()->offset, c.offset) << c.hex;
    framer.Append(SampleStream());
    EXPECT_FALSE(framer.Next()) << "there is no way back";
  }
}

TEST(StreamFramer, CountsErrorOffsetsFromTheStartOfTheStream) {
  StreamFramer framer;
  for (int i = 0; i < 100; ++i) {
    framer.Append(*FromHex("40010000"));
    EXPECT_EQ(Cut(framer), "C4 ");
  }
  framer.Append(*FromHex("c0"));
  EXPECT_FALSE(framer.Next());
  EXPECT_EQ(framer.error()->offset, 400u);
}

TEST(StreamFramer, IsBounded) {
  StreamFramer framer(128);
  framer.Append(*FromHex("4001007d"));
  EXPECT_FALSE(framer.Next());
  ASSERT_TRUE(framer.error());
  EXPECT_EQ(framer.error()->reason, "a message is larger than this stream allows");

  StreamFramer fits(128);
  fits.Append(*FromHex("4001007c" + std::string(2 * 124, '0')));
  EXPECT_EQ(Cut(fits), "C128 ");

  StreamFramer largest;
  std::vector<uint8_t> longest(4 + 65536);
  WriteChannelDataHeader(std::span(longest).first<4>(), 0x4000, 0xFFFF);
  largest.Append(longest);
  EXPECT_EQ(Cut(largest), "C65539 ");
}

}  // namespace
}  // namespace koeru::turn
