#include "core/sdp/checks/rule.h"

#include <gtest/gtest.h>

#include <set>

namespace koeru::sdp {
namespace {

TEST(LintRule, NamesAreInKebabCaseAndStandOnce) {
  std::set<std::string_view> names;
  for (const Rule& rule : Rules()) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    EXPECT_EQ(rule.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
              std::string_view::npos)
        << rule.name;
    EXPECT_FALSE(rule.text.empty()) << rule.name;
    EXPECT_EQ(&RuleOf(rule.id), &rule);
  }
}

TEST(LintRule, StrictIsNeverMilderThanLenient) {
  for (const Rule& rule : Rules()) {
    EXPECT_LE(rule.severity(Mode::kStrict), rule.severity(Mode::kLenient)) << rule.name;
  }
}

TEST(LintRule, WhatABrowserRejectsIsAnError) {
  for (const Rule& rule : Rules()) {
    if (rule.browsers == Rejects::kNobody) continue;
    EXPECT_EQ(SeverityName(rule.severity(Mode::kLenient)), "error") << rule.name;
  }
}

}  // namespace
}  // namespace koeru::sdp
