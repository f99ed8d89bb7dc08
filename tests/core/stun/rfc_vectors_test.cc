// The messages of RFC 5769 and RFC 8489 appendix B: decoded, verified, and rebuilt byte for byte.

#include <gtest/gtest.h>

#include <array>

#include "core/bytes/hex.h"
#include "core/stun/attributes.h"
#include "core/stun/fingerprint.h"
#include "core/stun/integrity.h"
#include "core/stun/message_builder.h"
#include "core/stun/message_view.h"
#include "core/stun/nonce_cookie.h"
#include "tests/vectors/stun_messages.h"

namespace koeru::stun {
namespace {

using std::string_view;

// A vector's bytes, its view, and a builder of the same type and transaction.
struct Sample {
  explicit Sample(string_view hex) : bytes(*FromHex(hex)), view(*MessageView::Parse(bytes)) {}

  std::vector<uint8_t> bytes;
  MessageView view;
  std::vector<uint8_t> buffer = std::vector<uint8_t>(256, 0xAA);
  MessageBuilder builder{buffer, view.type(), view.transaction_id()};
};

TEST(Rfc5769, 2_1_SampleRequest) {
  Sample sample(vectors::kRfc5769_2_1_SampleRequest);
  const MessageView& m = sample.view;
  EXPECT_EQ(m.type(), (MessageType{Method::kBinding, Class::kRequest}));
  EXPECT_EQ((**m.Get<Software>()).text, "STUN test client");
  EXPECT_EQ((**m.Get<Priority>()).priority, 0x6e0001ffu);
  EXPECT_EQ((**m.Get<IceControlled>()).tiebreaker, 0x932ff9b151263b36u);
  EXPECT_EQ((**m.Get<Username>()).text, "evtj:h6vY");
  EXPECT_EQ(CheckMessageIntegrity(m, AsBytes(vectors::kRfc5769Password)), IntegrityVerdict::kValid);
  EXPECT_EQ(CheckMessageIntegrity(m, AsBytes("wrong")), IntegrityVerdict::kInvalid);
  EXPECT_EQ(CheckFingerprint(m), FingerprintVerdict::kValid);
  EXPECT_EQ(CheckMessageIntegritySha256(m, AsBytes("x")), IntegrityVerdict::kAbsent);

  // The vector pads USERNAME with spaces where a builder writes zeros, so that its own MAC and
  // fingerprint differ; everything in front of the padding is the same.
  MessageBuilder& b = sample.builder;
  b.Add(Software{"STUN test client"});
  b.Add(Priority{0x6e0001ff});
  b.Add(IceControlled{0x932ff9b151263b36});
  b.Add(Username{"evtj:h6vY"});
  const size_t same = b.Finish().size() - 3;
  b.AddMessageIntegrity(AsBytes(vectors::kRfc5769Password));
  b.AddFingerprint();
  ASSERT_TRUE(b.ok());
  ASSERT_EQ(b.Finish().size(), sample.bytes.size());
  EXPECT_EQ(ToHex(b.Finish().first(same)), ToHex(Bytes(sample.bytes).first(same)));
  const auto rebuilt = MessageView::Parse(b.Finish());
  ASSERT_TRUE(rebuilt.ok());
  EXPECT_EQ(CheckMessageIntegrity(*rebuilt, AsBytes(vectors::kRfc5769Password)),
            IntegrityVerdict::kValid);
  EXPECT_EQ(CheckFingerprint(*rebuilt), FingerprintVerdict::kValid);
}

void CheckResponse(string_view hex, string_view endpoint) {
  Sample sample(hex);
  const MessageView& m = sample.view;
  EXPECT_EQ(m.type(), (MessageType{Method::kBinding, Class::kSuccessResponse}));
  EXPECT_EQ((**m.Get<Software>()).text, "test vector");
  EXPECT_EQ((**m.Get<XorMappedAddress>()).endpoint.ToString(), endpoint);
  EXPECT_EQ(CheckMessageIntegrity(m, AsBytes(vectors::kRfc5769Password)), IntegrityVerdict::kValid);
  EXPECT_EQ(CheckFingerprint(m), FingerprintVerdict::kValid);
  // SOFTWARE is padded with a space here, too; the address is deterministic.
  const auto raw = m.Find(attribute_type::kXorMappedAddress);
  std::array<uint8_t, 20> buffer;
  Writer w(buffer);
  XorMappedAddress{*net::Endpoint::Parse(endpoint)}.Encode(w, m.transaction_id());
  EXPECT_EQ(ToHex(w.written()), ToHex(raw->value));
}

TEST(Rfc5769, 2_2_SampleIpv4Response) {
  CheckResponse(vectors::kRfc5769_2_2_Ipv4Response, "192.0.2.1:32853");
}

TEST(Rfc5769, 2_3_SampleIpv6Response) {
  CheckResponse(vectors::kRfc5769_2_3_Ipv6Response, "[2001:db8:1234:5678:11:2233:4455:6677]:32853");
}

TEST(Rfc5769, 2_4_SampleRequestWithLongTermAuthentication) {
  Sample sample(vectors::kRfc5769_2_4_LongTermRequest);
  const MessageView& m = sample.view;
  EXPECT_EQ((**m.Get<Username>()).text, vectors::kLongTermUsername);
  EXPECT_EQ((**m.Get<Realm>()).text, vectors::kLongTermRealm);
  const string_view nonce = (**m.Get<Nonce>()).text;
  EXPECT_EQ(nonce, "f//499k954d6OL34oL9FSTvy64sA");
  EXPECT_EQ(ParseNonceCookie(nonce), std::nullopt);
  const auto key = LongTermKeyMd5(vectors::kLongTermUsername, vectors::kLongTermRealm,
                                  vectors::kLongTermPassword);
  EXPECT_EQ(CheckMessageIntegrity(m, key), IntegrityVerdict::kValid);
  EXPECT_EQ(CheckFingerprint(m), FingerprintVerdict::kAbsent);

  MessageBuilder& b = sample.builder;
  b.Add(Username{vectors::kLongTermUsername});
  b.Add(Nonce{nonce});
  b.Add(Realm{vectors::kLongTermRealm});
  b.AddMessageIntegrity(key);
  EXPECT_EQ(ToHex(b.Finish()), ToHex(sample.bytes));
}

TEST(Rfc8489, B_1_SampleRequestWithLongTermAuthenticationSha256AndUserhash) {
  Sample sample(vectors::kRfc8489_B_1_LongTermRequest);
  const MessageView& m = sample.view;
  const auto userhash = ComputeUserhash(vectors::kLongTermUsername, vectors::kLongTermRealm);
  EXPECT_EQ(ToHex((**m.Get<Userhash>()).hash), ToHex(userhash));
  EXPECT_EQ((**m.Get<PasswordAlgorithm>()).algorithm, password_algorithm::kSha256);
  const string_view nonce = (**m.Get<Nonce>()).text;
  EXPECT_EQ(nonce, "obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA");
  EXPECT_EQ(ParseNonceCookie(nonce), (SecurityFeatures{.username_anonymity = true}));
  const auto key = LongTermKeySha256(vectors::kLongTermUsername, vectors::kLongTermRealm,
                                     vectors::kLongTermPassword);
  EXPECT_EQ(CheckMessageIntegritySha256(m, key), IntegrityVerdict::kValid);
  EXPECT_EQ(CheckMessageIntegrity(m, key), IntegrityVerdict::kAbsent);

  MessageBuilder& b = sample.builder;
  b.Add(Userhash{userhash});
  b.Add(Nonce{nonce});
  b.Add(Realm{vectors::kLongTermRealm});
  b.Add(PasswordAlgorithm{password_algorithm::kSha256, {}});
  b.AddMessageIntegritySha256(key);
  EXPECT_EQ(ToHex(b.Finish()), ToHex(sample.bytes));
}

TEST(RfcVectors, EveryTruncationIsRefused) {
  for (string_view hex : {vectors::kRfc5769_2_1_SampleRequest, vectors::kRfc5769_2_2_Ipv4Response,
                          vectors::kRfc5769_2_3_Ipv6Response, vectors::kRfc5769_2_4_LongTermRequest,
                          vectors::kRfc8489_B_1_LongTermRequest}) {
    const std::vector<uint8_t> bytes = *FromHex(hex);
    for (size_t size = 0; size < bytes.size(); ++size) {
      const auto message = MessageView::Parse(Bytes(bytes).first(size));
      ASSERT_FALSE(message.ok()) << size;
      EXPECT_LE(message.error().offset, size);
    }
  }
}

TEST(RfcVectors, EveryFlippedBitBreaksTheMac) {
  const std::vector<uint8_t> original = *FromHex(vectors::kRfc5769_2_4_LongTermRequest);
  const auto key = LongTermKeyMd5(vectors::kLongTermUsername, vectors::kLongTermRealm,
                                  vectors::kLongTermPassword);
  for (size_t bit = 0; bit < original.size() * 8; ++bit) {
    std::vector<uint8_t> bytes = original;
    bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] ^ (0x80 >> (bit % 8)));
    const auto message = MessageView::Parse(bytes);
    if (!message.ok()) continue;
    EXPECT_NE(CheckMessageIntegrity(*message, key), IntegrityVerdict::kValid) << bit;
  }
}

}  // namespace
}  // namespace koeru::stun
