#include "core/stun/integrity.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/stun/attributes.h"
#include "core/stun/fingerprint.h"
#include "core/stun/message_builder.h"

namespace koeru::stun {
namespace {

constexpr MessageType kRequest = {Method::kBinding, Class::kRequest};
const Bytes kKey = AsBytes("the key");

class Integrity : public testing::Test {
 protected:
  MessageView View() { return *MessageView::Parse(b_.Finish()); }

  std::array<uint8_t, 512> buffer_;
  MessageBuilder b_{buffer_, kRequest, {}};
};

TEST_F(Integrity, Rfc8489_14_5_CoversTheLengthUpToTheAttributeItself) {
  b_.Add(Software{"abc"});
  b_.AddMessageIntegrity(kKey);
  EXPECT_EQ(CheckMessageIntegrity(View(), kKey), IntegrityVerdict::kValid);
  b_.AddFingerprint();
  EXPECT_EQ(CheckMessageIntegrity(View(), kKey), IntegrityVerdict::kValid)
      << "what follows changes the header's length, not the MAC";
  EXPECT_EQ(CheckMessageIntegrity(View(), AsBytes("the kez")), IntegrityVerdict::kInvalid);
}

TEST_F(Integrity, Rfc8489_14_6_TakesTruncationsFrom16To32Bytes) {
  for (size_t size = 16; size <= 32; size += 4) {
    MessageBuilder b(buffer_, kRequest, {});
    b.Add(Software{"abc"});
    b.AddMessageIntegritySha256(kKey, size);
    b.AddFingerprint();
    const auto view = MessageView::Parse(b.Finish());
    ASSERT_TRUE(view.ok());
    EXPECT_EQ(view->Find(attribute_type::kMessageIntegritySha256)->value.size(), size);
    EXPECT_EQ(CheckMessageIntegritySha256(*view, kKey), IntegrityVerdict::kValid) << size;
    EXPECT_EQ(CheckMessageIntegritySha256(*view, AsBytes("x")), IntegrityVerdict::kInvalid);
  }
}

TEST_F(Integrity, Rfc8489_14_6_RefusesShorterTruncationsEvenWhenTheyMatch) {
  for (size_t size : {0u, 4u, 12u, 15u, 17u, 36u}) {
    // The right MAC for a message whose attribute has this size, made by hand.
    std::vector<uint8_t> bytes = {0x00, 0x01, 0x00, static_cast<uint8_t>(4 + (size + 3) / 4 * 4)};
    const auto rest = *FromHex("2112a442000000000000000000000000");
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    std::vector<uint8_t> header(bytes);
    header[3] = static_cast<uint8_t>(4 + size);
    crypto::Sha256Digest mac = crypto::HmacSha256(kKey, {header});
    bytes.insert(bytes.end(), {0x00, 0x1C, 0x00, static_cast<uint8_t>(size)});
    for (size_t i = 0; i < (size + 3) / 4 * 4; ++i) bytes.push_back(i < 32 ? mac[i] : 0);
    const auto view = MessageView::Parse(bytes);
    ASSERT_TRUE(view.ok()) << size;
    EXPECT_EQ(CheckMessageIntegritySha256(*view, kKey), IntegrityVerdict::kInvalid) << size;
  }
}

TEST_F(Integrity, RefusesASha1MacOfAnotherSize) {
  b_.AddRaw(attribute_type::kMessageIntegrity, {});
  EXPECT_EQ(CheckMessageIntegrity(View(), kKey), IntegrityVerdict::kInvalid);
  MessageBuilder longer(buffer_, kRequest, {});
  longer.AddRaw(attribute_type::kMessageIntegrity, std::array<uint8_t, 24>{});
  EXPECT_EQ(CheckMessageIntegrity(*MessageView::Parse(longer.Finish()), kKey),
            IntegrityVerdict::kInvalid);
}

TEST_F(Integrity, BothMacsMayStandInOneMessage) {
  b_.Add(Software{"abc"});
  b_.AddMessageIntegrity(kKey);
  b_.AddMessageIntegritySha256(kKey);
  b_.AddFingerprint();
  EXPECT_EQ(CheckMessageIntegrity(View(), kKey), IntegrityVerdict::kValid);
  EXPECT_EQ(CheckMessageIntegritySha256(View(), kKey), IntegrityVerdict::kValid);
  EXPECT_EQ(CheckFingerprint(View()), FingerprintVerdict::kValid);
}

TEST_F(Integrity, AbsentIsNotInvalid) {
  EXPECT_EQ(CheckMessageIntegrity(View(), kKey), IntegrityVerdict::kAbsent);
  EXPECT_EQ(CheckMessageIntegritySha256(View(), kKey), IntegrityVerdict::kAbsent);
  EXPECT_EQ(CheckFingerprint(View()), FingerprintVerdict::kAbsent);
}

TEST_F(Integrity, AMacBehindAnotherMacDoesNotCount) {
  b_.AddMessageIntegritySha256(kKey);
  b_.AddMessageIntegrity(kKey);
  EXPECT_EQ(CheckMessageIntegrity(View(), kKey), IntegrityVerdict::kAbsent);
}

TEST(LongTermKey, Rfc8489_9_2_2_IsTheHashOfUserRealmPassword) {
  EXPECT_EQ(ToHex(LongTermKeyMd5("user", "realm", "pass")), "8493fbc53ba582fb4c044c456bdc40eb");
  EXPECT_EQ(LongTermKeySha256("user", "realm", "pass"),
            crypto::Sha256({AsBytes("user:realm:pass")}));
  EXPECT_EQ(ComputeUserhash("user", "realm"), crypto::Sha256({AsBytes("user:realm")}));
}

}  // namespace
}  // namespace koeru::stun
