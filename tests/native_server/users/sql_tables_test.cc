#include "native_server/users/sql_tables.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

TEST(SqlTables, StatementsHaveParametersAndNoValues) {
  const SqlTable& users = SqlTableOf(Table::kUsers);
  EXPECT_EQ(FindStatement(users),
            "SELECT coalesce(realm,''), name, hmackey FROM turnusers_lt WHERE realm = $1 AND "
            "name = $2");
  EXPECT_EQ(PutStatement(users),
            "INSERT INTO turnusers_lt (realm, name, hmackey) VALUES ($1, $2, $3) ON CONFLICT "
            "(realm, name) DO UPDATE SET hmackey = excluded.hmackey");
  EXPECT_EQ(PutStatement(SqlTableOf(Table::kSecrets)),
            "INSERT INTO turn_secret (realm, value) VALUES ($1, $2) ON CONFLICT (realm, value) DO "
            "NOTHING");
  EXPECT_EQ(RemoveStatement(SqlTableOf(Table::kOrigins)),
            "DELETE FROM turn_origin_to_realm WHERE origin = $1");
  EXPECT_EQ(ListStatement(SqlTableOf(Table::kAdmins), false),
            "SELECT coalesce(realm,''), name, password FROM admin_user ORDER BY realm, name");
}

TEST(SqlTables, AllOfCoturnsTablesAreMade) {
  EXPECT_EQ(CreateStatements().size(), SqlTables().size() + 1);
  for (const SqlTable& table : SqlTables()) EXPECT_EQ(&SqlTableOf(table.table), &table);
}

}  // namespace
}  // namespace koeru::server
