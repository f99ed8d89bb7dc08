// Every database holds the same records, whatever is in their texts.

#include "native_server/users/user_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/stun/integrity.h"
#include "tests/native_server/users/database_server.h"

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// What has made other programs run commands, and the longest name that there is.
std::vector<std::string> OddNames() {
  return {"o'brien",      "\"; DROP TABLE turnusers_lt; --",
          "%s%n%x",       "$1 $2 ?1",
          "back\\slash",  "two words\r\nand a line\r\n*3\r\n$3\r\nSET",
          "*?[a-z]",      "山田太郎",
          "a/user/b/key", std::string(508, 'x')};
}

class UserStoreTest : public ::testing::TestWithParam<Database::Kind> {
 protected:
  TestDatabase database_{GetParam()};
  std::unique_ptr<UserStore> store_ = database_.Open();

  std::vector<Record> List(Table table, const std::optional<std::string>& realm = {}) {
    const auto records = store_->List(table, realm);
    EXPECT_TRUE(records.ok()) << records.status();
    return records.ok() ? *records : std::vector<Record>();
  }
};

TEST_P(UserStoreTest, EveryTableKeepsReplacesAndGivesUpItsRecords) {
  for (const Table table : {Table::kUsers, Table::kSecrets, Table::kAllowedPeers,
                            Table::kDeniedPeers, Table::kRealmOptions}) {
    SCOPED_TRACE(static_cast<int>(table));
    const bool has_value = table == Table::kUsers || table == Table::kRealmOptions;
    const std::string name = table == Table::kRealmOptions ? "max-bps" : "10.0.0.1";
    const Record here{"here", name, has_value ? "0123456789abcdef0123456789abcdef" : ""};
    const Record there{"there", name, here.value};
    EXPECT_THAT(List(table), IsEmpty());
    for (const Record& record : {there, here, here}) {
      ASSERT_TRUE(store_->Put(table, record).ok());
    }
    const auto found = store_->Find(table, "here", name);
    ASSERT_TRUE(found.ok()) << found.status();
    // PostgreSQL fills keys up with spaces.
    EXPECT_EQ((*found)->value.substr(0, here.value.size()), here.value);
    ASSERT_EQ(List(table).size(), 2u);
    EXPECT_EQ(List(table)[0].realm, "here");
    ASSERT_EQ(List(table, "there").size(), 1u);
    EXPECT_EQ(List(table, "there")[0].name, name);
    EXPECT_THAT(List(table, "nowhere"), IsEmpty());
    EXPECT_EQ(*store_->Remove(table, "here", name), true);
    EXPECT_EQ(*store_->Remove(table, "here", name), false);
    EXPECT_EQ(*store_->Find(table, "here", name), std::nullopt);
    EXPECT_EQ(List(table).size(), 1u);
  }
  ASSERT_TRUE(store_->Put(Table::kOrigins, {"here", "http://a.example:80", ""}).ok());
  ASSERT_TRUE(store_->Put(Table::kOrigins, {"there", "http://a.example:80", ""}).ok());
  EXPECT_THAT(List(Table::kOrigins), ElementsAre(Record{"there", "http://a.example:80", ""}));
  EXPECT_EQ(*store_->Remove(Table::kOrigins, "", "http://a.example:80"), true);
  ASSERT_TRUE(store_->Put(Table::kAdmins, {"here", "root", "one"}).ok());
  ASSERT_TRUE(store_->Put(Table::kAdmins, {"", "root", "two"}).ok());
  EXPECT_THAT(List(Table::kAdmins), ElementsAre(Record{"", "root", "two"}));
  EXPECT_EQ(*store_->Remove(Table::kAdmins, "", "root"), true);
  EXPECT_THAT(List(Table::kAdmins), IsEmpty());
}

TEST_P(UserStoreTest, KeysOfAuthorizationServersKeepAllTheirColumns) {
  const std::string ikm = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIK";
  const OauthKey plain{.kid = "north", .ikm_key = ikm, .realm = {}};
  const OauthKey whole{"union", ikm, 1'700'000'000'000, 21600, "A128GCM", "crinna.org"};
  EXPECT_THAT(*store_->ListOauthKeys(), IsEmpty());
  for (const OauthKey& key : {whole, plain, plain}) {
    const absl::Status put = store_->PutOauthKey(key);
    ASSERT_TRUE(put.ok()) << put;
  }
  EXPECT_THAT(*store_->ListOauthKeys(), ElementsAre(plain, whole));
  OauthKey changed = whole;
  changed.lifetime_s = 0;
  changed.realm.clear();
  ASSERT_TRUE(store_->PutOauthKey(changed).ok());
  EXPECT_THAT(*store_->ListOauthKeys(), ElementsAre(plain, changed));
  for (const std::string& name : OddNames()) {
    const std::string kid = name.substr(0, 128);
    ASSERT_TRUE(store_->PutOauthKey({.kid = kid, .ikm_key = ikm, .realm = {}}).ok()) << kid;
    EXPECT_EQ(*store_->RemoveOauthKey(kid), true) << kid;
    EXPECT_EQ(*store_->RemoveOauthKey(kid), false) << kid;
  }
  EXPECT_EQ(store_->ListOauthKeys()->size(), 2u);
  // What the relay could not use is not taken.
  EXPECT_FALSE(store_->PutOauthKey({.kid = "x", .ikm_key = "c2hvcnQ=", .realm = {}}).ok());
  EXPECT_FALSE(store_->PutOauthKey({.kid = "", .ikm_key = ikm, .realm = {}}).ok());
  EXPECT_FALSE(
      store_->PutOauthKey({.kid = "x", .ikm_key = ikm, .algorithm = "ROT13", .realm = {}}).ok());
}

TEST_P(UserStoreTest, NamesOfAnyKindAreTextAndNothingElse) {
  for (const std::string& name : OddNames()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(*FindKey(*store_, "r", name), std::nullopt);
    ASSERT_TRUE(store_->Put(Table::kUsers, {"r", name, KeyText("r", name, "secret")}).ok());
    const auto key = FindKey(*store_, "r", name);
    ASSERT_TRUE(key.ok()) << key.status();
    EXPECT_EQ(*key, stun::LongTermKeyMd5(name, "r", "secret"));
    ASSERT_TRUE(store_->Put(Table::kSecrets, {"r", name.substr(0, 256), ""}).ok());
  }
  EXPECT_EQ(List(Table::kUsers, "r").size(), OddNames().size());
  for (const std::string& name : OddNames()) {
    EXPECT_EQ(*store_->Remove(Table::kUsers, "r", name), true) << name;
    EXPECT_EQ(*store_->Remove(Table::kSecrets, "r", name.substr(0, 256)), true) << name;
  }
  EXPECT_THAT(List(Table::kUsers), IsEmpty());
  EXPECT_THAT(List(Table::kSecrets), IsEmpty());
}

// "anna\0x" must not be anna with another name for the quota.
TEST_P(UserStoreTest, WhatNoDatabaseHoldsIsNobodyAndWhatIsNoKeyIsSaid) {
  ASSERT_TRUE(store_->Put(Table::kUsers, {"r", "anna", KeyText("r", "anna", "secret")}).ok());
  EXPECT_EQ(*FindKey(*store_, "r", std::string("anna\0x", 6)), std::nullopt);
  EXPECT_EQ(*FindKey(*store_, "r", "anna\xff"), std::nullopt);
  EXPECT_FALSE(store_->Put(Table::kUsers, {"r", std::string("a\0b", 3), "x"}).ok());
  EXPECT_FALSE(store_->Put(Table::kUsers, {"r", "\xff", "x"}).ok());
  EXPECT_FALSE(store_->Put(Table::kUsers, {"r", "", "x"}).ok());
  ASSERT_TRUE(store_->Put(Table::kUsers, {"r", "ben", "not a key"}).ok());
  const auto key = FindKey(*store_, "r", "ben");
  EXPECT_TRUE(absl::IsDataLoss(key.status())) << key.status();
  EXPECT_THAT(key.status().message(), HasSubstr("ben[r]"));
}

TEST_P(UserStoreTest, ADatabaseThatIsDownIsUnavailableAndNoMessageHasThePassword) {
  ASSERT_TRUE(store_->Put(Table::kUsers, {"r", "anna", KeyText("r", "anna", "secret")}).ok());
  database_.Stop();
  const auto lost = store_->Find(Table::kUsers, "r", "anna");
  EXPECT_TRUE(absl::IsUnavailable(lost.status())) << lost.status();
  EXPECT_THAT(lost.status().message(), Not(HasSubstr(TestDatabase::kPassword)));
  if (GetParam() != Database::Kind::kSqlite) {  // which makes a new file
    const auto refused = OpenUserStore(database_.target());
    EXPECT_TRUE(absl::IsUnavailable(refused.status())) << refused.status();
    EXPECT_THAT(refused.status().message(), HasSubstr("userdb "));
    EXPECT_THAT(refused.status().message(), Not(HasSubstr(TestDatabase::kPassword)));
  }
  database_.Start();
  const auto again = OpenUserStore(database_.socket_target());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE((*FindKey(**again, "r", "anna")).has_value());
}

INSTANTIATE_TEST_SUITE_P(Databases, UserStoreTest,
                         ::testing::Values(Database::Kind::kSqlite, Database::Kind::kPostgres,
                                           Database::Kind::kRedis),
                         [](const auto& kind) { return NameOf(kind.param); });

}  // namespace
}  // namespace koeru::server
