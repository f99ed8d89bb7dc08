#include "native_server/users/admin_password.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

// Made by coturn 4.6.1: turnadmin -P -p hello.
constexpr std::string_view kOfCoturn =
    "$5$d57fb553c3fabc63$0d46189b966093394efa8afe9023cc8d58acf3ece506f560f2c0f8f39a97a607";

TEST(AdminPassword, IsWhatCoturnMakes) {
  EXPECT_EQ(HashAdminPassword("hello", {0xd5, 0x7f, 0xb5, 0x53, 0xc3, 0xfa, 0xbc, 0x63}),
            kOfCoturn);
}

TEST(AdminPassword, FitsItsPasswordAlone) {
  EXPECT_TRUE(IsAdminPassword("hello", kOfCoturn));
  EXPECT_FALSE(IsAdminPassword("hellp", kOfCoturn));
  for (size_t size = 0; size < kOfCoturn.size(); ++size) {
    EXPECT_FALSE(IsAdminPassword("hello", kOfCoturn.substr(0, size)));
  }
}

}  // namespace
}  // namespace koeru::server
