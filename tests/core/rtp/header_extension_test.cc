#include "core/rtp/header_extension.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::rtp {
namespace {

using Packet = std::vector<uint8_t>;

// A packet with that extension, whose length is filled in.
Packet With(const std::string& profile, const std::string& extension) {
  const Packet data = *FromHex(extension);
  EXPECT_EQ(data.size() % 4, 0u);
  Packet packet = *FromHex("90600001 00000002 00000003" + profile);
  packet.push_back(0);
  packet.push_back(static_cast<uint8_t>(data.size() / 4));
  packet.insert(packet.end(), data.begin(), data.end());
  return packet;
}

// "id:data id:data"
std::string Elements(const Packet& bytes) {
  const auto packet = RtpPacket::Parse(bytes);
  EXPECT_TRUE(packet.ok());
  HeaderExtensions elements(*packet);
  std::string text;
  while (const auto element = elements.Next()) {
    text += (text.empty() ? "" : " ") + std::to_string(element->id) + ":" + ToHex(element->data);
    EXPECT_EQ(bytes.data() + element->offset, element->data.data());
  }
  return text;
}

TEST(HeaderExtension, Rfc8285_4_2_OneByteHeadersAreRead) {
  EXPECT_EQ(Elements(With("bede", "10aa 21bbcc 00 32ddeeff 0000")), "1:aa 2:bbcc 3:ddeeff");
  EXPECT_EQ(Elements(With("bede", "ef 000102030405060708090a0b0c0d0e0f 000000")),
            "14:000102030405060708090a0b0c0d0e0f");
}

TEST(HeaderExtension, Rfc8285_4_2_Id15EndsIt) {
  EXPECT_EQ(Elements(With("bede", "10aa f0bb 20cc 0000")), "1:aa");
}

TEST(HeaderExtension, Rfc8285_4_3_TwoByteHeadersAreRead) {
  EXPECT_EQ(Elements(With("1000", "0100 0202aabb ff01cc 000000")), "1: 2:aabb 255:cc");
  EXPECT_EQ(Elements(With("100f", "0502aabb")), "5:aabb") << "four bits are the application's";
}

TEST(HeaderExtension, WhatIsCutShortEndsIt) {
  EXPECT_EQ(Elements(With("bede", "10aa 2fbb")), "1:aa");
  EXPECT_EQ(Elements(With("1000", "01ff aabb")), "");
  EXPECT_EQ(Elements(With("1000", "000000 01")), "");
}

TEST(HeaderExtension, OtherProfilesHaveNoElements) {
  EXPECT_EQ(Elements(With("abac", "10aa0000")), "");
}

TEST(HeaderExtension, IsFoundById) {
  const Packet bytes = With("bede", "10aa 21bbcc 000000");
  const auto packet = RtpPacket::Parse(bytes);
  ASSERT_TRUE(FindExtension(*packet, 2).has_value());
  EXPECT_EQ(ToHex(FindExtension(*packet, 2)->data), "bbcc");
  EXPECT_FALSE(FindExtension(*packet, 3).has_value());
}

}  // namespace
}  // namespace koeru::rtp
