#include "core/relay/owner_table.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

LongTermKey Key(std::string_view password) {
  return LongTermKey::Derive(KeyAlgorithm::kMd5, "alice", "example.org", password);
}

TEST(OwnerTable, StoresAUserOnceForAllItsAllocations) {
  OwnerTable owners;
  Owner* const first = owners.Acquire("alice", Key("a"));
  EXPECT_EQ(owners.Acquire("alice", Key("a")), first);
  EXPECT_EQ(owners.size(), 1u);
  owners.Release(first);
  EXPECT_EQ(owners.size(), 1u);
  owners.Release(first);
  EXPECT_EQ(owners.size(), 0u);
}

TEST(OwnerTable, KeepsUsersAndKeysApart) {
  OwnerTable owners;
  Owner* const one = owners.Acquire("alice", Key("a"));
  Owner* const other_key = owners.Acquire("alice", Key("b"));
  Owner* const other_name = owners.Acquire("bob", Key("a"));
  EXPECT_NE(one, other_key);
  EXPECT_NE(one, other_name);
  owners.Release(one);
  EXPECT_EQ(other_key->username, "alice");
  EXPECT_EQ(owners.size(), 2u);
}

TEST(OwnerTable, KeepsApartWhereTheSameUserIsCounted) {
  OwnerTable owners;
  Owner* const before = owners.Acquire("alice", Key("a"), {"alice", "example.org"});
  Owner* const after = owners.Acquire("alice", Key("a"), {"alice", "example.net"});
  EXPECT_NE(before, after);
  EXPECT_EQ(before->quota_account(), (QuotaAccount{"alice", "example.org"}));
  EXPECT_EQ(owners.Acquire("alice", Key("a"), {"alice", "example.org"}), before);
}

}  // namespace
}  // namespace koeru::relay
