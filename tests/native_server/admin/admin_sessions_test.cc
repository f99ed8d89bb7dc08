#include "native_server/admin/admin_sessions.h"

#include <gtest/gtest.h>

#include "native_server/io/random.h"

namespace koeru::server {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""ns;

class AdminSessionsTest : public ::testing::Test {
 protected:
  SystemRandom random_;
  AdminSessions sessions_{random_};
  net::Instant now_ = net::Instant::FromNanoseconds(0) + net::Duration(24h);
};

TEST_F(AdminSessionsTest, ATokenIs64DigitsThatLeadToWhoGotIt) {
  const std::string ann = sessions_.Begin({"ann", ""}, now_);
  const std::string bob = sessions_.Begin({"bob", "r"}, now_);
  EXPECT_EQ(ann.size(), 64u);
  EXPECT_NE(ann, bob);
  EXPECT_EQ(sessions_.Find(ann, now_)->name, "ann");
  EXPECT_TRUE(sessions_.Find(ann, now_)->is_superuser());
  EXPECT_EQ(sessions_.Find(bob, now_)->realm, "r");
  EXPECT_FALSE(sessions_.Find(bob, now_)->is_superuser());
  for (const std::string& wrong : {std::string(), ann.substr(1), ann + "0", std::string(64, '0')}) {
    EXPECT_FALSE(sessions_.Find(wrong, now_)) << wrong;
  }
}

TEST_F(AdminSessionsTest, ATokenEndsWithoutUseAndInAnyCaseAfterItsLifetime) {
  const std::string idle = sessions_.Begin({"ann", ""}, now_);
  const std::string used = sessions_.Begin({"ann", ""}, now_);
  const net::Instant begin = now_;
  while (now_ + net::Duration(50min) < begin + AdminSessions::kLifetime) {
    now_ = now_ + net::Duration(50min);
    EXPECT_TRUE(sessions_.Find(used, now_));
  }
  EXPECT_FALSE(sessions_.Find(idle, now_));
  EXPECT_TRUE(sessions_.Find(used, begin + (AdminSessions::kLifetime - 1ns)));
  EXPECT_FALSE(sessions_.Find(used, begin + AdminSessions::kLifetime));
  EXPECT_FALSE(sessions_.Find(used, begin)) << "it is forgotten";
}

TEST_F(AdminSessionsTest, SigningOutEndsOneTokenOnly) {
  const std::string one = sessions_.Begin({"ann", ""}, now_);
  const std::string other = sessions_.Begin({"ann", ""}, now_);
  sessions_.End(one);
  sessions_.End("nothing");
  EXPECT_FALSE(sessions_.Find(one, now_));
  EXPECT_TRUE(sessions_.Find(other, now_));
}

TEST_F(AdminSessionsTest, TheOneUsedLongestAgoMakesRoom) {
  const std::string old = sessions_.Begin({"old", ""}, now_);
  const std::string used = sessions_.Begin({"used", ""}, now_);
  for (size_t i = 2; i < AdminSessions::kMaxSessions; ++i) sessions_.Begin({"more", ""}, now_);
  EXPECT_TRUE(sessions_.Find(old, now_));
  EXPECT_TRUE(sessions_.Find(used, now_));
  for (size_t i = 1; i < AdminSessions::kMaxSessions; ++i) {
    sessions_.Begin({"fresh", ""}, now_);
    EXPECT_TRUE(sessions_.Find(used, now_));
  }
  EXPECT_FALSE(sessions_.Find(old, now_));
}

}  // namespace
}  // namespace koeru::server
