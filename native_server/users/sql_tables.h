#pragma once

// coturn's schema as a table: one row for each of its tables.

#include <span>
#include <string>
#include <string_view>

#include "native_server/users/user_store.h"

namespace koeru::server {

struct SqlTable {
  Table table;
  std::string_view name;          // in the database
  std::string_view name_column;   // Record::name
  std::string_view value_column;  // Record::value; empty: there is none
  bool realm_is_key;              // a name may be there once for each realm; otherwise once
  std::string_view definition;    // behind CREATE TABLE IF NOT EXISTS name
};

const SqlTable& SqlTableOf(Table table);
std::span<const SqlTable> SqlTables();

// Statements. $1 is the realm and $2 the name when the realm is part of the key; otherwise $1 is
// the name. Put: $1 realm, $2 name, $3 value if there is one. List: $1 is the realm, if given.
std::string FindStatement(const SqlTable& table);
std::string ListStatement(const SqlTable& table, bool of_one_realm);
std::string PutStatement(const SqlTable& table);
std::string RemoveStatement(const SqlTable& table);
// Of the table oauth_key. Put: $1 kid, $2 ikm_key, $3 timestamp, $4 lifetime, $5 as_rs_alg, $6
// realm, and rows of List are in that order; Remove: $1 kid.
std::string ListOauthKeysStatement();
std::string PutOauthKeyStatement();
std::string RemoveOauthKeyStatement();
// All that is missing.
std::vector<std::string> CreateStatements();

}  // namespace koeru::server
