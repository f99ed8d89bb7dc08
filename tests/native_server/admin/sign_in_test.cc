#include "native_server/admin/sign_in.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "native_server/users/admin_password.h"
#include "native_server/users/user_store.h"

namespace koeru::server {
namespace {

constexpr AdminSalt kSalt = {1, 2, 3, 4, 5, 6, 7, 8};

std::string NameOf(const absl::StatusOr<std::optional<Admin>>& admin) {
  if (!admin.ok()) return std::string(admin.status().message());
  return *admin ? (*admin)->name + "@" + (*admin)->realm : "nobody";
}

TEST(SignIn, TheConfigurationHoldsPasswordsOrTheirHashes) {
  const std::vector<std::string> configured = {"ann:pass:word",
                                               "bob:" + HashAdminPassword("hidden", kSalt)};
  EXPECT_EQ(NameOf(SignIn(configured, {}, "ann", "pass:word")), "ann@");
  EXPECT_EQ(NameOf(SignIn(configured, {}, "bob", "hidden")), "bob@");
  EXPECT_EQ(NameOf(SignIn(configured, {}, "bob", configured[1].substr(4))), "nobody");
  EXPECT_EQ(NameOf(SignIn(configured, {}, "ann", "")), "nobody");
  EXPECT_EQ(NameOf(SignIn(configured, {}, "ann", "pass")), "nobody");
  EXPECT_EQ(NameOf(SignIn(configured, {}, "", "pass:word")), "nobody");
  EXPECT_EQ(NameOf(SignIn({}, {}, "ann", "pass:word")), "nobody");
}

TEST(SignIn, ThenTheDatabaseWithItsRealms) {
  std::string pattern = ::testing::TempDir() + "koeru-admin-XXXXXX";
  const std::string directory = ::mkdtemp(pattern.data());
  const Database database{Database::Kind::kSqlite, directory + "/turndb"};
  EXPECT_NE(NameOf(SignIn({}, database, "ann", "x")), "nobody") << "a missing file is down";
  {
    const auto store = OpenUserStore(database);
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_TRUE((*store)->Put(Table::kAdmins, {"", "ann", HashAdminPassword("x", kSalt)}).ok());
    ASSERT_TRUE((*store)->Put(Table::kAdmins, {"r", "bob", HashAdminPassword("y", kSalt)}).ok());
  }
  EXPECT_EQ(NameOf(SignIn({}, database, "ann", "x")), "ann@");
  EXPECT_EQ(NameOf(SignIn({}, database, "bob", "y")), "bob@r");
  EXPECT_EQ(NameOf(SignIn({}, database, "bob", "x")), "nobody");
  EXPECT_EQ(NameOf(SignIn({"ann:own"}, database, "ann", "x")), "nobody")
      << "the configuration's administrator hides the database's";
  EXPECT_EQ(NameOf(SignIn({}, database, "' OR 1=1 --", "x")), "nobody");
  EXPECT_EQ(NameOf(SignIn({}, database, std::string("a\0b", 3), "x")), "nobody");
  EXPECT_EQ(NameOf(SignIn({}, database, "\xff", "x")), "nobody");
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace koeru::server
