#include "native_server/tools/check/check_options.h"

#include <gmock/gmock.h>

#include "native_server/tools/check/check.h"
#include "tests/native_server/tools/command_run.h"

namespace koeru::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ErrorOf(std::vector<std::string_view> words) {
  CheckOptions options;
  return ParseCheckOptions(words, options);
}

TEST(CheckOptionsTest, OptionsAndUrisMayBeMixed) {
  CheckOptions options;
  const std::vector<std::string_view> words = {"turn:a",          "--user=anna",
                                               "--password-file", "f",
                                               "stun:b",          "--json",
                                               "--rate",          "0",
                                               "--timeout=9",     "--dns=192.0.2.1:5300",
                                               "--ca-file",       "ca.pem",
                                               "--echo-peer",     "[2001:db8::1]:7"};
  EXPECT_EQ(ParseCheckOptions(words, options), "");
  EXPECT_THAT(options.uris, ElementsAre("turn:a", "stun:b"));
  EXPECT_EQ(options.user, "anna");
  EXPECT_EQ(options.password_file, "f");
  EXPECT_EQ(options.ca_file, "ca.pem");
  EXPECT_EQ(options.timeout_s, 9);
  EXPECT_EQ(options.rate_kbps, 0);
  EXPECT_TRUE(options.json);
  EXPECT_EQ(options.dns->ToString(), "192.0.2.1:5300");
  EXPECT_EQ(options.echo_peer->ToString(), "[2001:db8::1]:7");
}

TEST(CheckOptionsTest, WhatIsWrongIsSaidWithTheRemedy) {
  EXPECT_THAT(ErrorOf({}), HasSubstr("koeru check turn:"));
  EXPECT_THAT(ErrorOf({"turn:a", "--usr=x"}), HasSubstr("did you mean --user?"));
  EXPECT_THAT(ErrorOf({"turn:a", "--user"}), HasSubstr("--user NAME"));
  EXPECT_THAT(ErrorOf({"turn:a", "--json=1"}), HasSubstr("takes no value"));
  EXPECT_THAT(ErrorOf({"turn:a", "--timeout=0"}), HasSubstr("from 1 to 60"));
  EXPECT_THAT(ErrorOf({"turn:a", "--dns=ns.example.org"}), HasSubstr("192.0.2.1:53"));
  EXPECT_THAT(ErrorOf({"turn:a", "--password-file=f"}), HasSubstr("--user NAME"));
  EXPECT_THAT(ErrorOf({"turn:a", "--secret-file=f", "--user=a", "--password-file=g"}),
              HasSubstr("keep one"));
}

TEST(CheckOptionsTest, BadUsageEndsWithTwoAndHelpWithZero) {
  CommandOutcome outcome = RunCommand(RunCheck, {"http://turn.example.org"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("stun:, stuns:, turn: or turns:"));
  outcome = RunCommand(RunCheck, {"turn:127.0.0.1", "--ca-file=/nowhere"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("/nowhere"));
  outcome = RunCommand(RunCheck, {"turn:127.0.0.1", "--secret-file=/nowhere"});
  EXPECT_THAT(outcome.err, HasSubstr("--secret-file /nowhere"));
  outcome = RunCommand(RunCheck, {"--help"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("--echo-peer"));
}

TEST(CheckOptionsTest, TheMediaTestWantsTheUrlOfARelay) {
  CheckOptions options;
  const std::vector<std::string_view> words = {"turn:a", "--media=wss://b:8443/"};
  EXPECT_EQ(ParseCheckOptions(words, options), "");
  ASSERT_TRUE(options.media);
  EXPECT_EQ(options.media->host, "b");
  EXPECT_EQ(options.media->port, 8443);
  EXPECT_THAT(ErrorOf({"turn:a", "--media=http://b/"}), HasSubstr("wss:"));
}

}  // namespace
}  // namespace koeru::tools
