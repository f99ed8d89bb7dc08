// What koeru-relay --check-config prints of the configuration.

#include "native_server/config/effective.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace koeru::server {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Effective(std::string_view config, const std::vector<std::string>& arguments = {}) {
  auto raw = *ParseConfigText(config, "t.conf");
  const auto line = *ParseCommandLine(arguments);
  raw.insert(raw.end(), line.options.begin(), line.options.end());
  LoadedOptions loaded;
  EXPECT_TRUE(ApplyOptions(raw, loaded).ok());
  return EffectiveText(loaded);
}

TEST(EffectiveText, NamesEachValueAndWhereItWasWritten) {
  const std::string text = Effective("no-auth\nrealm=first-realm\nlistening-ip=192.0.2.1\n",
                                     {"--realm=two", "--listening-ip=192.0.2.2", "--verbose=no"});
  EXPECT_THAT(text, ContainsRegex("\n  no-auth +yes +t.conf line 1\n"));
  EXPECT_THAT(text, ContainsRegex("\n  realm +two +the command line\n"));
  EXPECT_THAT(text, Not(HasSubstr("first-realm")));
  EXPECT_THAT(text, ContainsRegex("\n  listening-ip +192.0.2.1 +t.conf line 3\n"));
  EXPECT_THAT(text, ContainsRegex("\n  listening-ip +192.0.2.2 +the command line\n"));
  EXPECT_THAT(text, ContainsRegex("\n  verbose +no +the command line\n"));
  EXPECT_THAT(text, ContainsRegex("\n  min-port +49152 +default\n"));
}

TEST(EffectiveText, ShowsNoSecretAndNoControlCharacter) {
  const std::string text =
      Effective("static-auth-secret=hush-hush\nuser=anna:pass-word\nrealm=a\x1b[31m\n");
  EXPECT_THAT(text, Not(HasSubstr("hush-hush")));
  EXPECT_THAT(text, Not(HasSubstr("pass-word")));
  EXPECT_THAT(text, ContainsRegex("static-auth-secret +.not shown. +t.conf line 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace koeru::server
