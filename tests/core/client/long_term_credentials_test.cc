#include "core/client/long_term_credentials.h"

#include <gtest/gtest.h>

#include "tests/core/client/fake_server.h"

namespace koeru::client {
namespace {

using stun::Class;
using stun::IntegrityVerdict;
using stun::PasswordAlgorithm;
using stun::PasswordAlgorithms;

// RFC 8489 section 9.2: "obMatJos2", then the Security Feature Set in base64. "AAAB" has bit 0 set
// (Password algorithms), "AAAC" bit 1 (Username anonymity), as in appendix B.1.
constexpr std::string_view kCookieAlgorithms = "obMatJos2AAABrest";
constexpr std::string_view kCookieAnonymity = "obMatJos2AAACrest";

Sent AnyRequest() {
  static std::array<uint8_t, 64> buffer;
  stun::MessageBuilder b(buffer, {stun::Method::kAllocate, Class::kRequest}, {});
  return Sent(b.Finish());
}

std::vector<uint8_t> Challenge401(std::string_view nonce,
                                  std::span<const PasswordAlgorithm> algorithms) {
  return Answer(AnyRequest(), Class::kErrorResponse, [&](stun::MessageBuilder& b) {
    b.Add(stun::ErrorCode::Of(401));
    b.Add(stun::Realm{kRealm});
    b.Add(stun::Nonce{nonce});
    if (!algorithms.empty()) b.Add(PasswordAlgorithms::Of(algorithms));
  });
}

Challenge Take(LongTermCredentials& credentials, const std::vector<uint8_t>& message) {
  return credentials.OnChallenge(*stun::MessageView::Parse(message));
}

std::vector<uint8_t> Authenticated(const LongTermCredentials& credentials) {
  return Answer(AnyRequest(), Class::kRequest,
                [&](stun::MessageBuilder& b) { credentials.Authenticate(b); });
}

class LongTermCredentialsTest : public testing::Test {
 protected:
  LongTermCredentials credentials_{std::string(kUser), std::string(kSecret)};
};

TEST_F(LongTermCredentialsTest, Rfc8489_9_2_5_TakesTheFirstAlgorithmItKnows) {
  const std::array<PasswordAlgorithm, 3> offered = {
      PasswordAlgorithm{0x7777, {}}, PasswordAlgorithm{stun::password_algorithm::kSha256, {}},
      PasswordAlgorithm{stun::password_algorithm::kMd5, {}}};
  ASSERT_EQ(Take(credentials_, Challenge401(kCookieAlgorithms, offered)), Challenge::kRetry);
  const auto bytes = Authenticated(credentials_);
  const auto message = *stun::MessageView::Parse(bytes);
  EXPECT_EQ((*message.Get<PasswordAlgorithm>())->algorithm, stun::password_algorithm::kSha256);
  EXPECT_EQ(CheckMessageIntegritySha256(message, stun::LongTermKeySha256(kUser, kRealm, kSecret)),
            IntegrityVerdict::kValid);
  EXPECT_FALSE(message.Has(stun::attribute_type::kMessageIntegrity));
}

TEST_F(LongTermCredentialsTest, EchoesTheListOfAlgorithmsByteForByte) {
  const std::array<PasswordAlgorithm, 2> offered = {
      PasswordAlgorithm{stun::password_algorithm::kMd5, {}}, PasswordAlgorithm{0x7777, {}}};
  const auto challenge = Challenge401(kCookieAlgorithms, offered);
  ASSERT_EQ(Take(credentials_, challenge), Challenge::kRetry);
  const auto bytes = Authenticated(credentials_);
  const auto sent =
      stun::MessageView::Parse(bytes)->Find(stun::attribute_type::kPasswordAlgorithms);
  const auto received =
      stun::MessageView::Parse(challenge)->Find(stun::attribute_type::kPasswordAlgorithms);
  ASSERT_TRUE(sent.has_value());
  EXPECT_EQ(ToHex(sent->value), ToHex(received->value));
}

TEST_F(LongTermCredentialsTest, Rfc8489_9_2_5_DoesNotRetryWhenTheListWasTakenAway) {
  EXPECT_EQ(Take(credentials_, Challenge401(kCookieAlgorithms, {})), Challenge::kMalformed);
}

TEST_F(LongTermCredentialsTest, DoesNotRetryWhenItKnowsNoneOfTheAlgorithms) {
  const std::array<PasswordAlgorithm, 1> offered = {PasswordAlgorithm{0x7777, {}}};
  EXPECT_EQ(Take(credentials_, Challenge401(kCookieAlgorithms, offered)), Challenge::kMalformed);
}

TEST_F(LongTermCredentialsTest, AnotherFeatureBitIsNoPromiseOfAlgorithms) {
  ASSERT_EQ(Take(credentials_, Challenge401(kCookieAnonymity, {})), Challenge::kRetry);
  const auto bytes = Authenticated(credentials_);
  const auto message = *stun::MessageView::Parse(bytes);
  EXPECT_EQ(CheckMessageIntegrity(message, stun::LongTermKeyMd5(kUser, kRealm, kSecret)),
            IntegrityVerdict::kValid);
  EXPECT_FALSE(message.Has(stun::attribute_type::kPasswordAlgorithms));
}

TEST_F(LongTermCredentialsTest, Rfc8489_9_2_5_SendsUserhashExactlyWhenTheNonceSaysSo) {
  ASSERT_EQ(Take(credentials_, Challenge401(kCookieAnonymity, {})), Challenge::kRetry);
  const auto hidden = Authenticated(credentials_);
  const auto message = *stun::MessageView::Parse(hidden);
  EXPECT_FALSE(message.Has(stun::attribute_type::kUsername));
  const auto expected = stun::ComputeUserhash(kUser, kRealm);
  EXPECT_EQ(ToHex((*message.Get<stun::Userhash>())->hash), ToHex(expected));

  ASSERT_EQ(Take(credentials_, Challenge401(kNonce, {})), Challenge::kRetry);
  const auto open = Authenticated(credentials_);
  EXPECT_TRUE(stun::MessageView::Parse(open)->Has(stun::attribute_type::kUsername));
  EXPECT_FALSE(stun::MessageView::Parse(open)->Has(stun::attribute_type::kUserhash));
}

TEST_F(LongTermCredentialsTest, Rfc8489_9_2_5_TakesAnOfferWithoutANonceCookie) {
  const std::array<PasswordAlgorithm, 1> offered = {
      PasswordAlgorithm{stun::password_algorithm::kSha256, {}}};
  ASSERT_EQ(Take(credentials_, Challenge401(kNonce, offered)), Challenge::kRetry);
  const auto bytes = Authenticated(credentials_);
  EXPECT_TRUE(stun::MessageView::Parse(bytes)->Has(stun::attribute_type::kMessageIntegritySha256));
}

TEST_F(LongTermCredentialsTest, AChallengeWithoutNonceOrRealmIsMalformed) {
  const auto bare =
      Answer(AnyRequest(), Class::kErrorResponse, [](auto& b) { b.Add(stun::ErrorCode::Of(401)); });
  EXPECT_EQ(Take(credentials_, bare), Challenge::kMalformed);
  EXPECT_FALSE(credentials_.challenged());
  const auto no_realm = Answer(AnyRequest(), Class::kErrorResponse, [](auto& b) {
    b.Add(stun::ErrorCode::Of(401));
    b.Add(stun::Nonce{kNonce});
  });
  EXPECT_EQ(Take(credentials_, no_realm), Challenge::kMalformed);
  EXPECT_FALSE(credentials_.challenged());
}

TEST_F(LongTermCredentialsTest, ChecksAnswersWithTheChosenMac) {
  const std::array<PasswordAlgorithm, 1> offered = {
      PasswordAlgorithm{stun::password_algorithm::kSha256, {}}};
  ASSERT_EQ(Take(credentials_, Challenge401(kCookieAlgorithms, offered)), Challenge::kRetry);
  const auto key = stun::LongTermKeySha256(kUser, kRealm, kSecret);
  const auto good = Answer(AnyRequest(), Class::kSuccessResponse,
                           [&](auto& b) { b.AddMessageIntegritySha256(key); });
  EXPECT_EQ(credentials_.Check(*stun::MessageView::Parse(good)), IntegrityVerdict::kValid);
  const auto downgraded =
      Answer(AnyRequest(), Class::kSuccessResponse, [&](auto& b) { b.AddMessageIntegrity(key); });
  EXPECT_EQ(credentials_.Check(*stun::MessageView::Parse(downgraded)), IntegrityVerdict::kAbsent);
}

}  // namespace
}  // namespace koeru::client
