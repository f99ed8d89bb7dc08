#include "core/sdp/checks/report.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

TEST(LintReport, FillsNamesAndNumbersIntoTheSentenceOfTheRule) {
  const Document document = Document::Parse("a=mid:0\r\n");
  Report report(document, Mode::kLenient);
  report.set_section(2);
  const std::string_view tag = document.lines()[0].text().substr(6);
  report.Add(RuleId::kMidDuplicate, 0, {tag}, tag);
  const std::vector<Finding> findings = report.Take();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].message,
            "an earlier section has the mid '0', too: give each section its own (browsers reject "
            "this)");
  EXPECT_EQ(findings[0].rule, "mid-duplicate");
  EXPECT_EQ(findings[0].rfc, "RFC 5888 §4");
  EXPECT_EQ(findings[0].line, 1u);
  EXPECT_EQ(findings[0].column, 7u);
  EXPECT_EQ(findings[0].section, 1u);
}

TEST(LintReport, TheLastArgumentServesAllFurtherPlaces) {
  const Document document = Document::Parse("");
  Report report(document, Mode::kLenient);
  report.Add(RuleId::kSsrcCnameMissing, 0, {size_t{4294967295}});
  EXPECT_EQ(report.Take()[0].message,
            "the ssrc 4294967295 has no cname: add a=ssrc:4294967295 cname:");
}

TEST(LintReport, KeepsTheFirstOfEachRuleAndCountsTheRest) {
  const Document document = Document::Parse("");
  Report report(document, Mode::kLenient);
  for (size_t i = 0; i < 350; ++i) report.Add(RuleId::kEmptyLine, i);
  const std::vector<Finding> findings = report.Take();
  ASSERT_EQ(findings.size(), Report::kMaxOfRule + 1);
  EXPECT_EQ(findings[99].line, 100u);
  EXPECT_EQ(findings[100].rule, "more-findings");
  EXPECT_EQ(findings[100].message, "250 more findings are not shown");
}

TEST(LintReport, KeepsTheMostSevereOfManyInTheOrderOfLines) {
  const Document document = Document::Parse("");
  Report report(document, Mode::kLenient);
  // All rules but the last, warnings and infos among them.
  for (size_t rule = 0; rule + 1 < Rules().size(); ++rule) {
    for (size_t i = 0; i < Report::kMaxOfRule; ++i) report.Add(Rules()[rule].id, i);
  }
  const std::vector<Finding> findings = report.Take();
  ASSERT_EQ(findings.size(), Report::kMaxFindings + 1);
  for (size_t i = 0; i < Report::kMaxFindings; ++i) {
    EXPECT_EQ(findings[i].severity, Severity::kError);
    if (i > 0) {
      EXPECT_GE(findings[i].line, findings[i - 1].line);
    }
  }
}

}  // namespace
}  // namespace koeru::sdp
