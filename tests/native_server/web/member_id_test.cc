#include "native_server/web/member_id.h"

#include <gtest/gtest.h>

namespace koeru::server::web {
namespace {

TEST(MemberId, IsTheSameForTheSameSecretOnEveryServer) {
  // printf 'koeru member\nAAAAAAAAAAAAAAAAAAAAAA' | openssl sha256 -binary | head -c 16 | base64
  // (url)
  EXPECT_EQ(MemberIdOf("AAAAAAAAAAAAAAAAAAAAAA"), "AjKYGX6KqHKohGEhO-FmvA");
  EXPECT_NE(MemberIdOf("AAAAAAAAAAAAAAAAAAAAAB"), MemberIdOf("AAAAAAAAAAAAAAAAAAAAAA"));
}

TEST(MemberId, SecretsAreLongEnoughAndPlain) {
  EXPECT_TRUE(IsMemberSecret(std::string(22, 'a')));
  EXPECT_TRUE(IsMemberSecret("abcdefghijklmnopqrstuvwxyz-_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
  EXPECT_FALSE(IsMemberSecret(std::string(21, 'a')));
  EXPECT_FALSE(IsMemberSecret(std::string(65, 'a')));
  EXPECT_FALSE(IsMemberSecret(std::string(22, '+')));
}

}  // namespace
}  // namespace koeru::server::web
