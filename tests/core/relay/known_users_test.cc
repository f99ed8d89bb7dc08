#include "core/relay/known_users.h"

#include <gtest/gtest.h>

#include <string>

namespace koeru::relay {
namespace {

using namespace std::chrono_literals;
using Standing = KnownUsers::Standing;

LongTermKey KeyOf(std::string_view password) {
  return LongTermKey::Derive(KeyAlgorithm::kMd5, "anna", "r", password);
}

class KnownUsersTest : public ::testing::Test {
 protected:
  Standing At(net::Duration age, std::string_view name = "anna") {
    return known_.Find(name, start_ + age).standing;
  }
  KnownUsers known_;
  net::Instant start_ = net::Instant::FromNanoseconds(0) + 1h;
};

TEST_F(KnownUsersTest, AUserGrowsOldAndIsForgotten) {
  EXPECT_EQ(At(0s), Standing::kUnknown);
  known_.Learn("anna", KeyOf("x"), start_);
  EXPECT_EQ(At(10s - 1ns), Standing::kFresh);
  EXPECT_EQ(At(10s), Standing::kStale);
  EXPECT_EQ(At(60s - 1ns), Standing::kStale);
  EXPECT_EQ(At(60s), Standing::kOld);
  EXPECT_EQ(known_.Find("anna", start_ + 60s).key, KeyOf("x"));
  EXPECT_EQ(At(1h - 1ns), Standing::kOld);
  EXPECT_EQ(At(1h), Standing::kUnknown);
  EXPECT_EQ(known_.size(), 0u);
}

TEST_F(KnownUsersTest, NobodyIsRememberedForSeconds) {
  known_.LearnAbsent("anna", start_);
  EXPECT_EQ(At(3s - 1ns), Standing::kAbsent);
  EXPECT_EQ(At(3s), Standing::kUnknown);
  EXPECT_EQ(known_.size(), 0u);
}

TEST_F(KnownUsersTest, WhatIsLearntLastCounts) {
  known_.LearnAbsent("anna", start_);
  known_.Learn("anna", KeyOf("x"), start_);
  EXPECT_EQ(At(0s), Standing::kFresh);
  known_.Learn("anna", KeyOf("y"), start_ + 20s);
  EXPECT_EQ(known_.Find("anna", start_ + 20s).key, KeyOf("y"));
  known_.LearnAbsent("anna", start_ + 20s);
  EXPECT_EQ(At(20s), Standing::kAbsent);
  EXPECT_EQ(known_.size(), 1u);
  known_.Clear();
  EXPECT_EQ(At(20s), Standing::kUnknown);
}

TEST_F(KnownUsersTest, AFloodOfInventedNamesIsBoundedAndPushesNoUserOut) {
  known_.Learn("anna", KeyOf("x"), start_);
  for (size_t i = 0; i < 3 * KnownUsers::kMaxAbsent; ++i) {
    known_.LearnAbsent("nobody" + std::to_string(i), start_);
  }
  EXPECT_LE(known_.size(), KnownUsers::kMaxAbsent + 1);
  EXPECT_EQ(At(0s), Standing::kFresh);
}

TEST_F(KnownUsersTest, OfTooManyUsersThoseWhoComeStay) {
  known_.Learn("anna", KeyOf("x"), start_);
  for (size_t i = 0; i < 3 * KnownUsers::kMaxFound; ++i) {
    known_.Learn("user" + std::to_string(i), KeyOf("x"), start_);
    if (i % 1000 == 0) {
      ASSERT_EQ(At(0s), Standing::kFresh) << i;
    }
  }
  EXPECT_LE(known_.size(), KnownUsers::kMaxFound);
  EXPECT_EQ(At(0s, "user0"), Standing::kUnknown);
}

}  // namespace
}  // namespace koeru::relay
