#include "core/relay/user_lookups.h"

#include <gtest/gtest.h>

#include "tests/core/relay/support/fakes.h"

namespace koeru::relay::testing {
namespace {

using namespace std::chrono_literals;

class UserLookupsTest : public ::testing::Test {
 protected:
  std::optional<uint64_t> Begin(std::string_view name, uint32_t network = 1) {
    return lookups_.Begin(name, net::Address::V4(10, static_cast<uint8_t>(network >> 8),
                                                 static_cast<uint8_t>(network), 1),
                          now_);
  }
  SeededRandom random_;
  UserLookups lookups_{random_};
  net::Instant now_ = net::Instant::FromNanoseconds(0) + 1h;
};

TEST_F(UserLookupsTest, AQuestionIsOpenUntilItIsAnswered) {
  const auto id = Begin("anna");
  ASSERT_TRUE(id);
  EXPECT_EQ(lookups_.Find("anna")->id, *id);
  EXPECT_EQ(lookups_.NextDeadline(), now_ + UserLookups::kPatience);
  EXPECT_EQ(lookups_.End(*id), "anna");
  EXPECT_FALSE(lookups_.Find("anna"));
  EXPECT_FALSE(lookups_.End(*id)) << "once";
  EXPECT_EQ(lookups_.NextDeadline(), net::Instant::Max());
  EXPECT_TRUE(lookups_.IsConsistent());
}

TEST_F(UserLookupsTest, ALateQuestionIsToldOnceAndStaysOpen) {
  const auto anna = Begin("anna"), ben = Begin("ben");
  lookups_.End(*anna);
  EXPECT_FALSE(lookups_.TakeLate(now_ + UserLookups::kPatience - 1ns));
  EXPECT_EQ(lookups_.TakeLate(now_ + UserLookups::kPatience), ben);
  EXPECT_FALSE(lookups_.TakeLate(now_ + UserLookups::kPatience));
  EXPECT_TRUE(lookups_.Find("ben")->is_late);
  EXPECT_EQ(lookups_.NextDeadline(), net::Instant::Max());
  EXPECT_EQ(lookups_.End(*ben), "ben");
}

TEST_F(UserLookupsTest, OneNetworkHasItsShareOfQuestionsASecond) {
  for (uint32_t i = 0; i < UserLookups::kPerSecond; ++i) {
    ASSERT_TRUE(Begin("user" + std::to_string(i))) << i;
  }
  EXPECT_FALSE(Begin("one more"));
  EXPECT_TRUE(Begin("another network's", 2));
  now_ = now_ + 1s;
  EXPECT_TRUE(Begin("one more"));
}

TEST_F(UserLookupsTest, OpenQuestionsAreBounded) {
  for (uint32_t i = 0; i < UserLookups::kMaxOpen; ++i) {
    ASSERT_TRUE(Begin("user" + std::to_string(i), i)) << i;
  }
  EXPECT_FALSE(Begin("one more", 5000));
  lookups_.Clear();
  EXPECT_TRUE(Begin("one more", 5001));
  EXPECT_TRUE(lookups_.IsConsistent());
}

}  // namespace
}  // namespace koeru::relay::testing
