#include "core/inspect/integrity_check.h"

#include <gtest/gtest.h>

#include <array>

#include "core/stun/message_builder.h"

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

// RFC 5769 section 2.1 (short-term) and 2.4 (long-term).
constexpr std::string_view kShortTerm =
    "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001"
    "ff"
    "80290008932ff9b151263b36000600096576746a3a68367659202020"
    "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";
constexpr std::string_view kLongTerm =
    "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b90000"
    "0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f7267"
    "00"
    "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666";

IntegrityCheck Check(std::string_view hex, const Credentials& credentials) {
  const std::vector<uint8_t> bytes = BytesOf(hex);
  const auto message = stun::MessageView::Parse(bytes);
  EXPECT_TRUE(message.ok());
  return message.ok() ? CheckIntegrity(*message, credentials) : IntegrityCheck();
}

TEST(IntegrityCheck, Rfc5769_2_1_ShortTermKeyWithOrWithoutUsername) {
  for (std::string_view username : {"", "evtj:h6vY"}) {
    const IntegrityCheck check = Check(kShortTerm, {username, "", "VOkJxbRl1RmTxUk/WvJxBt", true});
    EXPECT_TRUE(check.valid());
    EXPECT_EQ(check.key, "the short-term key (the password itself)");
  }
}

TEST(IntegrityCheck, Rfc5769_2_4_LongTermKeyTakesTheRealmFromTheMessage) {
  const IntegrityCheck check =
      Check(kLongTerm, {"\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9", "", "TheMatrIX", true});
  EXPECT_TRUE(check.valid());
  EXPECT_EQ(check.sha1, stun::IntegrityVerdict::kValid);
  EXPECT_EQ(check.sha256, stun::IntegrityVerdict::kAbsent);
  EXPECT_NE(check.key.find("(MD5)"), std::string::npos);
}

TEST(IntegrityCheck, AWrongPasswordTellsWhatWasTried) {
  const IntegrityCheck check = Check(kLongTerm, {"neo", "", "wrong", true});
  EXPECT_FALSE(check.valid());
  EXPECT_TRUE(check.present());
  for (std::string_view part : {"(MD5)", "(SHA-256)", "short-term"}) {
    EXPECT_NE(check.key.find(part), std::string::npos) << check.key;
  }
}

TEST(IntegrityCheck, NothingIsSaidWithoutCredentialsOrIntegrity) {
  EXPECT_FALSE(Check(kLongTerm, {}).present());
  EXPECT_FALSE(
      Check("000100002112a442000000000000000000000001", {"", "", "secret", true}).present());
}

// Both password algorithms, both integrity attributes, a server's answer without REALM.
TEST(IntegrityCheck, TriesTheSha256KeyAndTheRealmGiven) {
  std::array<uint8_t, 256> buffer;
  stun::MessageBuilder b(buffer, {stun::Method::kAllocate, stun::Class::kSuccessResponse}, {});
  const auto key = stun::LongTermKeySha256("alice", "example.org", "secret");
  b.AddMessageIntegritySha256(key, 20);
  const auto message = stun::MessageView::Parse(b.Finish());
  ASSERT_TRUE(message.ok());
  const IntegrityCheck check = CheckIntegrity(*message, {"alice", "example.org", "secret", true});
  EXPECT_TRUE(check.valid());
  EXPECT_EQ(check.sha256, stun::IntegrityVerdict::kValid);
  EXPECT_NE(check.key.find("(SHA-256)"), std::string::npos);
  EXPECT_FALSE(CheckIntegrity(*message, {"alice", "", "secret", true}).valid());
}

}  // namespace
}  // namespace koeru::inspect
