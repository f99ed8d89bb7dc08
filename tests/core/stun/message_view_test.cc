#include "core/stun/message_view.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/stun/attributes.h"
#include "core/stun/integrity.h"
#include "core/stun/message_builder.h"

namespace koeru::stun {
namespace {

constexpr std::string_view kHeader = "00012112a442000102030405060708090a0b";

// A Binding request with the given attributes (hexadecimal, padding included).
std::vector<uint8_t> Request(std::string_view attributes) {
  std::vector<uint8_t> body = *FromHex(attributes);
  std::vector<uint8_t> message = {0x00, 0x01, static_cast<uint8_t>(body.size() >> 8),
                                  static_cast<uint8_t>(body.size())};
  const std::vector<uint8_t> rest = *FromHex(kHeader.substr(4));
  message.insert(message.end(), rest.begin(), rest.end());
  message.insert(message.end(), body.begin(), body.end());
  return message;
}

std::vector<uint16_t> TypesOf(const MessageView& message) {
  std::vector<uint16_t> types;
  for (const RawAttribute& attribute : message.attributes()) types.push_back(attribute.type);
  return types;
}

TEST(MessageView, Rfc8489_5_ReadsTheHeader) {
  const auto bytes = Request("");
  const auto message = MessageView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(message->method(), Method::kBinding);
  EXPECT_EQ(message->message_class(), Class::kRequest);
  EXPECT_EQ(ToHex(message->transaction_id()), "000102030405060708090a0b");
  EXPECT_TRUE(TypesOf(*message).empty());
}

TEST(MessageView, Rfc8489_6_3_SaysWhyItIsNoStunMessage) {
  const struct {
    const char* hex;
    const char* reason;
    size_t offset;
  } kCases[] = {
      {"", "shorter than a STUN header (20 bytes)", 0},
      {"000100002112a442000102030405060708090a", "shorter than a STUN header (20 bytes)", 0},
      {"400100002112a442000102030405060708090a0b", "the first two bits of a STUN message are zero",
       0},
      {"800100002112a442000102030405060708090a0b", "the first two bits of a STUN message are zero",
       0},
      {"000100022112a442000102030405060708090a0b0000", "the message length is not a multiple of 4",
       2},
      {"000100042112a442000102030405060708090a0b", "the message length runs past the end", 2},
      {"000100002112a442000102030405060708090a0b00000000", "bytes follow the end of the message",
       2},
      {"000100002112a443000102030405060708090a0b", "the magic cookie 0x2112A442 is missing", 4},
      {"000100042112a442000102030405060708090a0b80220001",
       "an attribute runs past the end of the message", 20},
      {"000100082112a442000102030405060708090a0b8022000500000000",
       "an attribute runs past the end of the message", 20},
      {"000100082112a442000102030405060708090a0b802200008022ffff",
       "an attribute runs past the end of the message", 24},
  };
  for (const auto& c : kCases) {
    const std::vector<uint8_t> bytes = *FromHex(c.hex);
    const auto message = MessageView::Parse(bytes);
    ASSERT_FALSE(message.ok()) << c.hex;
    EXPECT_EQ(message.error().reason, c.reason) << c.hex;
    EXPECT_EQ(message.error().offset, c.offset) << c.hex;
  }
}

TEST(MessageView, WalksAttributesOfEverySize) {
  const auto bytes = Request("80220000 80220001 41000000 80220003 41424300 80220004 41424344");
  const auto message = MessageView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  std::vector<size_t> sizes, offsets;
  for (const RawAttribute& attribute : message->attributes()) {
    sizes.push_back(attribute.value.size());
    offsets.push_back(attribute.offset);
    EXPECT_EQ(attribute.value.data(), bytes.data() + attribute.value_offset());
  }
  EXPECT_EQ(sizes, (std::vector<size_t>{0, 1, 3, 4}));
  EXPECT_EQ(offsets, (std::vector<size_t>{20, 24, 32, 40}));
}

TEST(MessageView, Rfc8489_14_TakesTheFirstOfDuplicates) {
  const auto bytes = Request("000d0004 00000001 000d0004 00000002 80220001 61000000");
  const auto message = MessageView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(ToHex(message->Find(0x000D)->value), "00000001");
  EXPECT_EQ(TypesOf(*message).size(), 3u);
}

TEST(MessageView, GetTellsAbsentFromMalformed) {
  const auto bytes = Request("80220001 61000000 00240003 01020300");
  const auto message = MessageView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  const auto absent = message->Get<Realm>();
  ASSERT_TRUE(absent.ok());
  EXPECT_EQ(*absent, std::nullopt);
  const auto malformed = message->Get<Priority>();
  ASSERT_FALSE(malformed.ok());
  EXPECT_EQ(malformed.error().reason, "PRIORITY is 4 bytes long");
  EXPECT_EQ(malformed.error().offset, 32u) << "counted in the message: the value's start";
}

TEST(MessageView, KeepsUnknownAttributes) {
  const auto bytes = Request("7fff0003 01020300 ffff0000");
  const auto message = MessageView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(ToHex(message->Find(0x7FFF)->value), "010203");
  EXPECT_TRUE(IsComprehensionRequired(0x7FFF));
  EXPECT_FALSE(IsComprehensionRequired(0x8000));
  EXPECT_TRUE(message->Has(0xFFFF));
}

constexpr std::string_view kMac20 = "0000000000000000000000000000000000000000";
constexpr std::string_view kMac16 = "00000000000000000000000000000000";

// The attributes of one letter each that are not ignored.
std::string Counted(const std::string& attributes) {
  const auto bytes = Request(attributes);
  const auto message = MessageView::Parse(bytes);
  EXPECT_TRUE(message.ok());
  std::string names;
  for (const RawAttribute& attribute : message->attributes()) {
    if (attribute.ignored) continue;
    if (attribute.type == attribute_type::kMessageIntegrity) names += '1';
    if (attribute.type == attribute_type::kMessageIntegritySha256) names += '2';
    if (attribute.type == attribute_type::kFingerprint) names += 'F';
    if (attribute.type == attribute_type::kSoftware) names += 'S';
  }
  return names;
}

TEST(MessageView, Rfc8489_14_5_IgnoresWhatFollowsMessageIntegrity) {
  const std::string sha1 = "00080014" + std::string(kMac20);
  const std::string sha256 = "001c0010" + std::string(kMac16);
  const std::string fingerprint = "8028000400000000";
  const std::string software = "80220000";
  EXPECT_EQ(Counted(software + sha1), "S1");
  EXPECT_EQ(Counted(sha1 + software), "1");
  EXPECT_EQ(Counted(sha1 + software + sha256 + software + fingerprint + software), "12F");
  EXPECT_EQ(Counted(sha1 + sha256 + fingerprint), "12F");
  EXPECT_EQ(Counted(sha256 + software), "2") << "section 14.6";
  EXPECT_EQ(Counted(sha256 + sha1), "2") << "SHA-1 behind SHA-256 is none of the exceptions";
  EXPECT_EQ(Counted(sha256 + software + fingerprint), "2F");
  EXPECT_EQ(Counted(sha1 + sha1), "1");
}

TEST(MessageView, Rfc8489_14_5_FindSkipsIgnoredAttributes) {
  const auto bytes = Request("00080014" + std::string(kMac20) + "00060001 61000000");
  const auto message = MessageView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  EXPECT_FALSE(message->Has(attribute_type::kUsername));
  EXPECT_EQ(*message->Get<Username>(), std::nullopt);
  EXPECT_EQ(TypesOf(*message).size(), 2u) << "attributes() shows everything";
}

TEST(MessageView, TakesTheLargestMessage) {
  // 16383 empty attributes fill the 65532 bytes that a length can announce.
  std::string attributes;
  for (int i = 0; i < 16383; ++i) attributes += "ffff0000";
  const auto bytes = Request(attributes);
  ASSERT_EQ(bytes.size(), 20u + 65532u);
  const auto message = MessageView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(TypesOf(*message).size(), 16383u);
  EXPECT_FALSE(message->Has(0x0001));

  auto one = Request(
      "ffff"
      "fff8" +
      std::string(2 * 65528, '0'));
  EXPECT_EQ(MessageView::Parse(one)->Find(0xFFFF)->value.size(), 65528u);
}

TEST(MessageView, AnnouncedSizeFramesAStream) {
  const auto bytes = Request("80220001 61000000");
  EXPECT_EQ(MessageView::AnnouncedSize(bytes), bytes.size());
  EXPECT_EQ(MessageView::AnnouncedSize(Bytes(bytes).first(20)), bytes.size());
  EXPECT_EQ(MessageView::AnnouncedSize(Bytes(bytes).first(19)), 0u);
  std::vector<uint8_t> channel_data = bytes;
  channel_data[0] = 0x40;
  EXPECT_EQ(MessageView::AnnouncedSize(channel_data), 0u);
}

}  // namespace
}  // namespace koeru::stun
