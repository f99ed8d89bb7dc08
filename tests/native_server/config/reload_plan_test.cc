// What SIGHUP changes and what it does not.

#include "native_server/config/reload_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<RawOption> Raw(std::string_view config) { return *ParseConfigText(config, "t.conf"); }

LoadedOptions Running(std::string_view config) {
  LoadedOptions loaded;
  EXPECT_TRUE(ApplyOptions(Raw(config), loaded).ok());
  EXPECT_TRUE(ValidateOptions(loaded).ok());
  return loaded;
}

constexpr std::string_view kBefore =
    "realm=a\nuser=anna:1\nmin-port=50000\nuser-quota=2\nverbose\n";

TEST(PlanReload, TakesWhatCanChangeAndNamesWhatNeedsARestart) {
  const auto plan = PlanReload(Running(kBefore),
                               Raw("realm=b\nuser=bert:2\nmin-port=51000\nhttps-port=443\ncert=c\n"
                                   "pkey=k\nuser-quota=2\n"));
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_THAT(plan->changed, ElementsAre("realm", "user", "verbose"));
  EXPECT_THAT(plan->needs_restart,
              ElementsAre("min-port (t.conf line 3)", "cert (t.conf line 5)",
                          "pkey (t.conf line 6)", "https-port (t.conf line 4)"));
  EXPECT_EQ(plan->loaded.options.realm, "b");
  ASSERT_EQ(plan->loaded.options.users.size(), 1u);
  EXPECT_EQ(plan->loaded.options.users[0].name, "bert");
  EXPECT_EQ(plan->loaded.options.min_port, 50000);
  EXPECT_FALSE(plan->loaded.options.https_port);
  EXPECT_FALSE(plan->loaded.options.verbose);
}

TEST(PlanReload, TheSameFileChangesNothing) {
  const auto plan = PlanReload(Running(kBefore), Raw(kBefore));
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->changed, IsEmpty());
  EXPECT_THAT(plan->needs_restart, IsEmpty());
}

TEST(PlanReload, WritingADefaultOutIsNoChange) {
  const auto plan =
      PlanReload(Running(kBefore), Raw(std::string(kBefore) + "allow-loopback-peers=no\n"));
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->changed, IsEmpty());
}

TEST(PlanReload, CanBeRepeatedAndGoBack) {
  const auto there = PlanReload(Running(kBefore), Raw("realm=b\nuser=anna:1\nmin-port=51000"));
  ASSERT_TRUE(there.ok());
  const auto back = PlanReload(there->loaded, Raw(kBefore));
  ASSERT_TRUE(back.ok());
  EXPECT_THAT(back->changed, ElementsAre("realm", "user-quota", "verbose"));
  EXPECT_THAT(back->needs_restart, IsEmpty());
  EXPECT_EQ(back->loaded.options.user_quota, 2u);
}

TEST(PlanReload, ABadFileIsAnErrorWithThePlace) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"realm=b\nuser=anna", "t.conf line 2: user:"},
      {"realm=b", "no credentials are given"},
      {"realm=b\nnobody-knows-this", "there is no option"},
      {"user=a:b\nuser-quota=many", "t.conf line 2: user-quota"},
  };
  for (const auto& [config, part] : cases) {
    const auto plan = PlanReload(Running(kBefore), Raw(config));
    ASSERT_FALSE(plan.ok()) << config;
    EXPECT_THAT(std::string(plan.status().message()), HasSubstr(part));
  }
}

TEST(PlanReload, WhatFitsOnlyAfterARestartChangesNothingAndSaysSo) {
  const auto plan = PlanReload(Running("static-auth-secret=s"), Raw("no-auth"));
  ASSERT_FALSE(plan.ok());
  EXPECT_THAT(std::string(plan.status().message()),
              HasSubstr("needs a restart (no-auth (t.conf line 1))"));
}

}  // namespace
}  // namespace koeru::server
