#include "core/ice/ice_server.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace koeru::ice {
namespace {

constexpr std::array<std::string_view, 2> kStunThenTurn = {"stun:example.org", "turn:example.org"};
constexpr std::array<std::string_view, 1> kStun = {"stun:example.org"};

TEST(IceServer, TurnWithUsernameAndCredentialIsFine) {
  EXPECT_FALSE(CheckIceServer({kStunThenTurn, "alice", "secret"}));
  EXPECT_FALSE(CheckIceServer({kStunThenTurn, "", ""}));
}

TEST(IceServer, StunNeedsNoCredential) { EXPECT_FALSE(CheckIceServer({kStun, {}, {}})); }

TEST(IceServer, NoUrlIsASyntaxError) {
  const auto problem = CheckIceServer({{}, "alice", "secret"});
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->exception, "SyntaxError");
}

TEST(IceServer, ABadUrlIsASyntaxErrorWithItsPlace) {
  constexpr std::array<std::string_view, 2> kUrls = {"stun:example.org", "turn://example.org"};
  const auto problem = CheckIceServer({kUrls, "alice", "secret"});
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->exception, "SyntaxError");
  EXPECT_EQ(problem->url_index, 1u);
  EXPECT_EQ(problem->error.offset, 5u);
}

TEST(IceServer, TurnWithoutUsernameOrCredentialIsAnInvalidAccessError) {
  const auto no_username = CheckIceServer({kStunThenTurn, {}, "secret"});
  ASSERT_TRUE(no_username);
  EXPECT_EQ(no_username->exception, "InvalidAccessError");
  EXPECT_EQ(no_username->url_index, 1u);
  EXPECT_NE(no_username->error.reason.find("username"), std::string_view::npos);

  const auto no_credential = CheckIceServer({kStunThenTurn, "alice", {}});
  ASSERT_TRUE(no_credential);
  EXPECT_EQ(no_credential->exception, "InvalidAccessError");
  EXPECT_NE(no_credential->error.reason.find("credential"), std::string_view::npos);
}

// RFC 8489 section 14.3, as the web platform tests read it.
TEST(IceServer, AUsernameOf510BytesIsAnInvalidAccessError) {
  EXPECT_FALSE(CheckIceServer({kStunThenTurn, std::string(509, 'a'), "secret"}));
  const std::string long_name(510, 'a');
  const auto problem = CheckIceServer({kStunThenTurn, long_name, "secret"});
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->exception, "InvalidAccessError");
}

}  // namespace
}  // namespace koeru::ice
