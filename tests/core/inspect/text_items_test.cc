#include "core/inspect/text_items.h"

#include <gtest/gtest.h>

#include "tests/core/capture/packets.h"

namespace koeru::inspect {
namespace {

using capture::Hex;
using capture::Octets;
using capture::Text;

// One packet in the shapes that people have it in.
TEST(TextItems, ReadsHexInManyShapes) {
  const Octets expected = Hex("000100002112a442000102030405060708090a0b");
  for (std::string_view text : {
           "000100002112a442000102030405060708090a0b",
           "00 01 00 00 21 12 a4 42\n00 01 02 03 04 05 06 07\r\n08 09 0A 0B\n",
           "0x00, 0x01, 0x00, 0x00, 0x21,0x12,0xa4,0x42,0x000102030405060708090a0b",
           "00:01:00:00:21:12:a4:42:00:01:02:03:04:05:06:07:08:09:0a:0b",
           "00000000: 0001 0000 2112 a442 0001 0203 0405 0607  ....!..B........\n"
           "00000010: 0809 0a0b                                ....\n",
           "00000000  00 01 00 00 21 12 a4 42  00 01 02 03 04 05 06 07  |....!..B........|\n"
           "00000010  08 09 0a 0b                                       |....|\n",
           "\t0x0000:  0001 0000 2112 a442 0001 0203 0405 0607  ....!..B\n"
           "\t0x0010:  0809 0a0b                                ....\n",
       }) {
    const TextItems items = ReadTextItems(text);
    ASSERT_TRUE(items.error.empty()) << items.error;
    ASSERT_EQ(items.items.size(), 1u) << text;
    EXPECT_EQ(items.items[0].bytes, expected) << text;
  }
}

TEST(TextItems, EmptyLinesPartPackets) {
  const TextItems items = ReadTextItems("00 01\n02\n\n \n03\n");
  ASSERT_EQ(items.items.size(), 2u);
  EXPECT_EQ(items.items[0].bytes, Hex("000102"));
  EXPECT_EQ(items.items[1].bytes, Hex("03"));
  EXPECT_EQ(items.items[1].line, 5u);
}

constexpr std::string_view kCandidate = "a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host";

TEST(TextItems, ASessionDescriptionIsOneItem) {
  const std::string candidate(kCandidate);
  for (const std::string& text :
       {"v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + candidate + "\r\n",
        candidate + "\na=mid:0\n", std::string("\n\na=mid:0"), std::string("v=0\nnonsense\n")}) {
    const TextItems items = ReadTextItems(text);
    ASSERT_EQ(items.items.size(), 1u) << text;
    EXPECT_EQ(items.items[0].kind, ItemKind::kSdp);
    EXPECT_EQ(items.items[0].text, text);
  }
}

TEST(TextItems, CandidatesAloneAreNoDescription) {
  const std::string text = std::string(kCandidate) + "\r\n  a=end-of-candidates\r\n";
  const TextItems items = ReadTextItems(text);
  ASSERT_TRUE(items.error.empty()) << items.error;
  ASSERT_EQ(items.items.size(), 2u);
  EXPECT_EQ(items.items[0].kind, ItemKind::kCandidate);
  EXPECT_EQ(items.items[0].text, kCandidate);
  EXPECT_EQ(items.items[1].line, 2u);
  EXPECT_EQ(items.items[1].offset, text.find("a=end"));
}

TEST(TextItems, LinesOfAnSdpBetweenOtherThingsAreCounted) {
  const TextItems items = ReadTextItems("stun:a.example\na=mid:0\n0001\n");
  ASSERT_EQ(items.items.size(), 2u);
  EXPECT_EQ(items.sdp_lines, 1u);
}

TEST(TextItems, FindsUris) {
  const TextItems items = ReadTextItems("stun:a.example\n  TURNS:b.example  \n");
  EXPECT_EQ(items.items.back().offset, 17u);
  ASSERT_EQ(items.items.size(), 2u);
  EXPECT_EQ(items.items[1].kind, ItemKind::kUri);
  EXPECT_EQ(items.items[1].text, "TURNS:b.example");
}

TEST(TextItems, ErrorsNameLineAndColumn) {
  EXPECT_NE(ReadTextItems("0001\n02 zz\n").error.find("line 2, column 4"), std::string::npos);
  EXPECT_NE(ReadTextItems("0000: 00 0g\n").error.find("line 1, column 11"), std::string::npos);
  EXPECT_NE(ReadTextItems("hello").error.find("line 1, column 1"), std::string::npos);
}

TEST(TextItems, NothingGivesNothing) {
  EXPECT_TRUE(ReadTextItems("").items.empty());
  EXPECT_TRUE(ReadTextItems("\n \n").items.empty());
}

TEST(LooksLikeText, TellsTextFromBytes) {
  EXPECT_TRUE(LooksLikeText(Text("a=candidate:1\r\n\t\xE8\xB6\x8A")));
  EXPECT_FALSE(LooksLikeText(Hex("000100002112a442")));
  EXPECT_FALSE(LooksLikeText(Hex("41ff")));
}

}  // namespace
}  // namespace koeru::inspect
