#include "native_server/users/redis_target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(RedisTarget, ReadsCoturnsConnectionStrings) {
  const auto target = ParseRedisTarget(
      "ip=192.0.2.1 dbname=2 password=tu=rn port=6380 connect_timeout=30");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->host, "192.0.2.1");
  EXPECT_EQ(target->port, 6380);
  EXPECT_EQ(target->database, 2u);
  EXPECT_EQ(target->password, "tu=rn");
  EXPECT_EQ(target->connect_timeout, std::chrono::seconds(30));
  EXPECT_EQ(target->ToText(), "redis-userdb 192.0.2.1:6380/2");
}

TEST(RedisTarget, OtherNamesOfCoturnsMeanTheSameAndAllMayBeLeftOut) {
  for (const char* text : {"", "  ", "host=127.0.0.1,p=6379", "hostaddr=127.0.0.1 db=0"}) {
    const auto target = ParseRedisTarget(text);
    ASSERT_TRUE(target.ok()) << target.status();
    EXPECT_EQ(target->ToText(), "redis-userdb 127.0.0.1:6379/0") << text;
  }
  EXPECT_EQ(ParseRedisTarget("unix=/run/redis.sock db=1")->ToText(),
            "redis-userdb /run/redis.sock/1");
  for (const char* name : {"password", "passwd", "pwd", "secret"}) {
    EXPECT_EQ(ParseRedisTarget(std::string(name) + "=x")->password, "x");
  }
}

TEST(RedisTarget, WhatIsWrongIsNamedWithoutItsValue) {
  const std::pair<const char*, const char*> cases[] = {
      {"port=0", "port is not a number from 1 to 65535"},
      {"port=hidden", "port is not a number"},
      {"dbname=-1", "dbname is not a number"},
      {"timeout=99999", "timeout is not a number from 1 to 60"},
      {"password=a hidden", "a word has no '='"},
      {"colour=hidden", "there is no parameter colour"},
      {"password=", "password has no value"},
      {"tls=1", "have no TLS"},
  };
  for (const auto& [text, expected] : cases) {
    const auto target = ParseRedisTarget(text);
    ASSERT_FALSE(target.ok()) << text;
    EXPECT_THAT(target.status().message(), HasSubstr(expected));
    EXPECT_THAT(target.status().message(), Not(HasSubstr("hidden")));
  }
  EXPECT_FALSE(ParseRedisTarget(std::string("ip=a\0b", 6)).ok());
}

// What is written of a target leads to the same target; anything else ends with a target or a
// message, and no message holds the password.
TEST(RedisTarget, AnyTextEndsWellAndWrittenOnesComeBack) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::vector<std::string> words = {"ip",     "=",    "\xff",     " ",  ",",      "port",
                                          "6379",   "a",    "password=", "\n", "unix=/", "timeout=",
                                          "dbname", "9"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (unsigned n = random() % 12; n > 0; --n) text += words[random() % words.size()];
    const auto target = ParseRedisTarget(text);
    EXPECT_EQ(target.ok(), !target.status().message().starts_with("redis-userdb: "));
    const std::string good = "ip=h" + std::to_string(random() % 100) +
                             " port=" + std::to_string(1 + random() % 65535) +
                             " dbname=" + std::to_string(random() % 100);
    const auto parsed = ParseRedisTarget(good);
    ASSERT_TRUE(parsed.ok()) << good;
    EXPECT_EQ("ip=" + parsed->host + " port=" + std::to_string(parsed->port) +
                  " dbname=" + std::to_string(parsed->database),
              good);
  }
}

}  // namespace
}  // namespace koeru::server
