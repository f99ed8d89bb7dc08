#include "native_server/users/realm_options.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

TEST(RealmOptions, AreNumbersUnderThreeNames) {
  EXPECT_TRUE(CheckRealmOption({"r", "user-quota", "12"}).ok());
  EXPECT_EQ(RealmOptionNumber({"r", "user-quota", "12"}), 12u);
  EXPECT_FALSE(CheckRealmOption({"r", "user-quota", "-1"}).ok());
  EXPECT_FALSE(CheckRealmOption({"r", "user-quota", "many"}).ok());
  EXPECT_FALSE(CheckRealmOption({"r", "bps-capacity", "12"}).ok());
}

}  // namespace
}  // namespace koeru::server
