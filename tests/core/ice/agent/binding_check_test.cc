#include "core/ice/agent/binding_check.h"

#include <gtest/gtest.h>

#include <array>

#include "core/bytes/hex.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/unknown_attributes.h"
#include "core/stun/attributes/username.h"
#include "core/stun/attributes/xor_mapped_address.h"
#include "core/stun/fingerprint.h"
#include "core/stun/integrity.h"
#include "core/stun/message_builder.h"

namespace koeru::ice {
namespace {

using Kind = CheckVerdict::Kind;

const Credentials kOurs{"ours", "ourpassword0000000000000"};
const Credentials kTheirs{"theirs", "theirpassword00000000000"};
constexpr stun::TransactionId kId{1, 2, 3};

class BindingCheck : public ::testing::Test {
 protected:
  // As the peer sends it to us.
  stun::MessageView Received(const Check& check) {
    return *stun::MessageView::Parse(EncodeCheck(buffer_, kId, check, kTheirs, kOurs));
  }
  // A request with these parts only.
  template <typename... A>
  stun::MessageView Request(Bytes key, const A&... attributes) {
    stun::MessageBuilder b(buffer_, {stun::Method::kBinding, stun::Class::kRequest}, kId);
    (b.Add(attributes), ...);
    if (!key.empty()) b.AddMessageIntegrity(key);
    b.AddFingerprint();
    return *stun::MessageView::Parse(b.Finish());
  }

  std::array<uint8_t, 1024> buffer_{};
  std::array<uint8_t, 1024> answer_{};
};

TEST_F(BindingCheck, IsReadAsItWasWritten) {
  for (const Role role : {Role::kControlling, Role::kControlled}) {
    for (const bool use : {false, true}) {
      const CheckVerdict verdict = JudgeCheck(
          Received({.priority = 77, .role = role, .tiebreaker = 1ull << 60, .use_candidate = use}),
          kOurs);
      EXPECT_EQ(verdict.kind, Kind::kCheck);
      EXPECT_EQ(verdict.remote_ufrag, "theirs");
      EXPECT_EQ(verdict.check.priority, 77u);
      EXPECT_EQ(verdict.check.role, role);
      EXPECT_EQ(verdict.check.tiebreaker, 1ull << 60);
      EXPECT_EQ(verdict.check.use_candidate, use && role == Role::kControlling)
          << "only the controlling agent nominates";
    }
  }
}

TEST_F(BindingCheck, Rfc5769_2_1_ItsSampleRequestIsACheck) {
  // USERNAME "evtj:h6vY", password "VOkJxbRl1RmTxUk/WvJxBt".
  const auto sample = FromHex(
      "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
      "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
      "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");
  ASSERT_TRUE(sample.ok());
  const auto message = stun::MessageView::Parse(*sample);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(UfragOfCheck(*message), "evtj");
  const CheckVerdict verdict = JudgeCheck(*message, {"evtj", "VOkJxbRl1RmTxUk/WvJxBt"});
  EXPECT_EQ(verdict.kind, Kind::kCheck);
  EXPECT_EQ(verdict.remote_ufrag, "h6vY");
  EXPECT_EQ(verdict.check.priority, 0x6e0001ffu);
  EXPECT_EQ(verdict.check.role, Role::kControlled);
}

TEST_F(BindingCheck, Rfc8489_9_1_3_WithoutNameOrIntegrityIs400) {
  const std::string name = "ours:theirs";
  CheckVerdict verdict = JudgeCheck(Request({}, stun::Username{name}), kOurs);
  EXPECT_EQ(verdict.kind, Kind::kRefuse);
  EXPECT_EQ(verdict.error, 400);
  verdict = JudgeCheck(Request(AsBytes(kOurs.password)), kOurs);
  EXPECT_EQ(verdict.error, 400);
}

TEST_F(BindingCheck, Rfc8489_9_1_3_AnotherNameOrPasswordIs401) {
  EXPECT_EQ(JudgeCheck(Received({}), {"other", kOurs.password}).error, 401);
  EXPECT_EQ(JudgeCheck(Received({}), {kOurs.ufrag, kTheirs.password}).error, 401);
  // Our ufrag is the beginning of theirs.
  EXPECT_EQ(JudgeCheck(Received({}), {"our", kOurs.password}).error, 401);
}

TEST_F(BindingCheck, WithoutRoleOrPriorityIs400) {
  const std::string name = "ours:theirs";
  EXPECT_EQ(JudgeCheck(Request(AsBytes(kOurs.password), stun::Username{name}), kOurs).error, 400);
}

TEST_F(BindingCheck, Rfc8445_7_1_WithoutFingerprintItIsDropped) {
  Received({});
  stun::MessageBuilder b(buffer_, {stun::Method::kBinding, stun::Class::kRequest}, kId);
  const std::string name = "ours:theirs";
  b.Add(stun::Username{name});
  b.AddMessageIntegrity(AsBytes(kOurs.password));
  EXPECT_EQ(JudgeCheck(*stun::MessageView::Parse(b.Finish()), kOurs).kind, Kind::kDrop);
}

TEST_F(BindingCheck, AnUnknownAttributeThatMustBeUnderstoodIs420AndNamed) {
  stun::MessageBuilder b(buffer_, {stun::Method::kBinding, stun::Class::kRequest}, kId);
  const std::string name = "ours:theirs";
  b.Add(stun::Username{name});
  b.AddRaw(0x7ABC, {});
  b.AddMessageIntegrity(AsBytes(kOurs.password));
  b.AddFingerprint();
  const stun::MessageView request = *stun::MessageView::Parse(b.Finish());
  const CheckVerdict verdict = JudgeCheck(request, kOurs);
  EXPECT_EQ(verdict.error, 420);
  const stun::MessageView answer =
      *stun::MessageView::Parse(EncodeCheckError(answer_, request, verdict.error, kOurs));
  const auto unknown = answer.Get<stun::UnknownAttributes>();
  ASSERT_TRUE(unknown.ok() && *unknown);
  ASSERT_EQ((*unknown)->size(), 1u);
  EXPECT_EQ((**unknown)[0], 0x7ABC);
  EXPECT_EQ(CheckMessageIntegrity(answer, AsBytes(kOurs.password)), stun::IntegrityVerdict::kValid);
}

TEST_F(BindingCheck, TheAnswerTellsTheSourceAndIsSignedWithTheSameKey) {
  const net::Endpoint source{net::Address::V4(198, 51, 100, 9), 4321};
  const stun::MessageView request = Received({});
  const stun::MessageView answer =
      *stun::MessageView::Parse(EncodeCheckSuccess(answer_, request, source, kOurs));
  EXPECT_EQ(answer.message_class(), stun::Class::kSuccessResponse);
  EXPECT_EQ(answer.transaction_id(), kId);
  const auto mapped = answer.Get<stun::XorMappedAddress>();
  ASSERT_TRUE(mapped.ok() && *mapped);
  EXPECT_EQ((*mapped)->endpoint, source);
  EXPECT_EQ(CheckMessageIntegrity(answer, AsBytes(kOurs.password)), stun::IntegrityVerdict::kValid);
  EXPECT_EQ(CheckFingerprint(answer), stun::FingerprintVerdict::kValid);
  EXPECT_LE(answer.bytes().size(), request.bytes().size()) << "no amplification";
}

TEST_F(BindingCheck, OtherMessagesAreNoChecks) {
  EXPECT_EQ(UfragOfCheck(Request({})), "");
  const std::string name = "alice";
  EXPECT_EQ(UfragOfCheck(Request({}, stun::Username{name})), "") << "a user of TURN";
  stun::MessageBuilder b(buffer_, {stun::Method::kAllocate, stun::Class::kRequest}, kId);
  b.AddFingerprint();
  EXPECT_EQ(JudgeCheck(*stun::MessageView::Parse(b.Finish()), kOurs).kind, Kind::kDrop);
}

TEST_F(BindingCheck, ABufferThatIsTooSmallGivesNothing) {
  std::array<uint8_t, 40> small{};
  EXPECT_TRUE(EncodeCheck(small, kId, {}, kOurs, kTheirs).empty());
}

}  // namespace
}  // namespace koeru::ice
