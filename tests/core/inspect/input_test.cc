#include "core/inspect/input.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

constexpr std::string_view kBinding = "000100002112a442000102030405060708090a0b";

Inspection OfText(std::string_view text) { return InspectInput(AsBytes(text), {}); }

TEST(Input, TellsWhatTextIs) {
  const auto kind_of = [](std::string_view text) {
    const Inspection result = OfText(text);
    EXPECT_EQ(result.kind, InputKind::kText);
    EXPECT_EQ(result.error, "") << text;
    return result.items.empty() ? "" : ItemKindName(result.items[0].kind);
  };
  EXPECT_EQ(kind_of(kBinding), "packet");
  EXPECT_EQ(kind_of("v=0\r\n"), "sdp");
  EXPECT_EQ(kind_of("candidate:1 1 udp 1 192.0.2.1 9 typ host"), "candidate");
  EXPECT_EQ(kind_of("turns:turn.example.org"), "uri");
}

TEST(Input, TextRangesCountInTheInputAndPacketRangesInThePacket) {
  const Inspection result = OfText("\nstun:a.example\n" + std::string(kBinding));
  ASSERT_EQ(result.items.size(), 2u);
  EXPECT_EQ(result.items[0].line, 2u);
  EXPECT_EQ(result.items[0].tree.offset, 1u);
  EXPECT_EQ(result.items[1].line, 3u);
  EXPECT_EQ(result.items[1].bytes, BytesOf(kBinding));
  EXPECT_EQ(result.items[1].tree.offset, 0u);
}

TEST(Input, BytesAreAPacketOrTheMessagesOfAStream) {
  const Inspection one = InspectInput(BytesOf(kBinding), {});
  EXPECT_EQ(one.kind, InputKind::kBytes);
  ASSERT_EQ(one.items.size(), 1u);
  EXPECT_EQ(one.items[0].tree.value, "Binding request");
  const Inspection two = InspectInput(BytesOf(std::string(kBinding) + std::string(kBinding)), {});
  ASSERT_EQ(two.items.size(), 2u);
  EXPECT_EQ(two.items[1].tree.offset, 20u);
}

TEST(Input, ADescriptionThatIsNoUtf8IsADescriptionStill) {
  const Inspection result = OfText("v=0\r\ns=caf\xE9\r\n");
  ASSERT_EQ(result.items.size(), 1u);
  EXPECT_EQ(result.items[0].kind, ItemKind::kSdp);
}

TEST(Input, CapturesHaveAList) {
  std::ifstream file(KOERU_SOURCE_DIR "/tests/vectors/turn-coturn-4.6.1.pcapng", std::ios::binary);
  const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  const Inspection result = InspectInput(bytes, {});
  EXPECT_EQ(result.kind, InputKind::kCapture);
  EXPECT_FALSE(result.capture.error);
  ASSERT_FALSE(result.capture.packets.empty());
  EXPECT_EQ(result.capture.packets[0].kind, "STUN");
}

TEST(Input, WhatCannotBeReadIsSaid) {
  EXPECT_EQ(OfText("").error, "nothing found: it is empty");
  EXPECT_EQ(OfText("").kind, InputKind::kEmpty);
  EXPECT_TRUE(OfText("\n \n").nothing_found);
  EXPECT_NE(OfText("hello").error.find("line 1, column 1"), std::string::npos);
  EXPECT_FALSE(OfText("hello").nothing_found);
  EXPECT_NE(OfText(std::string(kMaxInspectedText + 1, 'a')).error.find("1 MiB"), std::string::npos);
}

// RFC 8489 section 9.2.2: the key needs a realm, which an answer does not have.
TEST(PacketInspector, RemembersTheRealm) {
  PacketInspector packets({"user", {}, "secret", true});
  packets.Inspect(BytesOf("000300082112a442000102030405060708090a0b 00140004 61626364"));
  const auto trees = packets.Inspect(
      BytesOf("010300182112a442000102030405060708090a0b 00080014" + std::string(40, '0')));
  EXPECT_NE(RemarksOf(trees[0], "MESSAGE-INTEGRITY").find("\"abcd\""), std::string::npos)
      << RemarksOf(trees[0], "MESSAGE-INTEGRITY");
}

}  // namespace
}  // namespace koeru::inspect
