#include "core/stun/message_builder.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/stun/attributes.h"
#include "core/stun/fingerprint.h"
#include "core/stun/integrity.h"
#include "core/stun/message_view.h"

namespace koeru::stun {
namespace {

constexpr MessageType kRequest = {Method::kBinding, Class::kRequest};
constexpr TransactionId kId = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

TEST(MessageBuilder, CVE_2020_4067_PaddingOfADirtyBufferIsZero) {
  std::array<uint8_t, 128> buffer;
  buffer.fill(0xAA);
  MessageBuilder b(buffer, kRequest, kId);
  b.Add(Software{"a"});
  b.Add(Realm{"ab"});
  b.AddRaw(0xC000, AsBytes("abc"));
  b.Add(Nonce{"abcd"});
  b.Add(PasswordAlgorithm{7, AsBytes("x")});
  EXPECT_EQ(ToHex(b.Finish().subspan(kHeaderSize)),
            "8022000161000000"
            "0014000261620000"
            "c000000361626300"
            "0015000461626364"
            "001d0008"
            "00070001"
            "78000000");
}

TEST(MessageBuilder, KeepsTheLengthRightAfterEveryAttribute) {
  std::array<uint8_t, 256> buffer;
  MessageBuilder b(buffer, kRequest, kId);
  const auto valid = [&b] { return MessageView::Parse(b.Finish()).ok(); };
  EXPECT_TRUE(valid());
  b.Add(Software{"abc"});
  EXPECT_TRUE(valid());
  b.AddMessageIntegrity(AsBytes("key"));
  EXPECT_TRUE(valid());
  b.AddMessageIntegritySha256(AsBytes("key"));
  EXPECT_TRUE(valid());
  b.AddFingerprint();
  EXPECT_TRUE(valid());
  EXPECT_EQ(b.Finish().size(), 20u + 8 + 24 + 36 + 8);
}

TEST(MessageBuilder, AnyBufferTooSmallGivesNothing) {
  for (size_t size = 0; size < 20 + 8 + 24 + 24 + 8; ++size) {
    std::vector<uint8_t> buffer(size);
    MessageBuilder b(buffer, kRequest, kId);
    b.Add(Software{"abc"});
    b.AddMessageIntegrity(AsBytes("key"));
    b.AddMessageIntegritySha256(AsBytes("key"), 20);
    b.AddFingerprint();
    EXPECT_FALSE(b.ok()) << size;
    EXPECT_TRUE(b.Finish().empty()) << size;
  }
}

TEST(MessageBuilder, ABadValueGivesNothing) {
  std::array<uint8_t, 1024> buffer;
  const auto fails = [&](const auto& attribute) {
    MessageBuilder b(buffer, kRequest, kId);
    b.Add(attribute);
    return b.Finish().empty();
  };
  const std::string long_name(509, 'u');
  EXPECT_TRUE(fails(Username{long_name}));
  EXPECT_FALSE(fails(Username{std::string_view(long_name).substr(1)}));
  EXPECT_TRUE(fails(ErrorCode{299, ""}));
  EXPECT_TRUE(fails(ErrorCode{700, ""}));
  EXPECT_TRUE(fails(Userhash{AsBytes("short")}));
  EXPECT_TRUE(fails(MessageIntegrity{AsBytes("short")}));
  EXPECT_TRUE(fails(EcnCheck{4, true}));
}

TEST(MessageBuilder, RefusesMessagesLongerThanTheLengthField) {
  std::vector<uint8_t> buffer(80000);
  const std::vector<uint8_t> value(65000);
  MessageBuilder b(buffer, kRequest, kId);
  b.AddRaw(0xC000, value);
  EXPECT_TRUE(b.ok());
  b.AddRaw(0xC000, value);
  EXPECT_FALSE(b.ok());

  MessageBuilder longer(buffer, kRequest, kId);
  longer.AddRaw(0xC000, std::vector<uint8_t>(0x10000));
  EXPECT_FALSE(longer.ok());
}

TEST(MessageBuilder, Rfc8489_14_6_RefusesOtherSizesOfSha256) {
  std::array<uint8_t, 128> buffer;
  for (size_t size = 0; size <= 40; ++size) {
    MessageBuilder b(buffer, kRequest, kId);
    b.AddMessageIntegritySha256(AsBytes("key"), size);
    EXPECT_EQ(b.ok(), MessageIntegritySha256::IsAllowedSize(size)) << size;
  }
}

}  // namespace
}  // namespace koeru::stun
