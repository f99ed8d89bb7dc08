#include "core/sdp/diff/difference.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

TEST(SdpReport, SortsWithinASectionByOrderAndLine) {
  DiffReport report;
  report.Add(2, "c", "", 1, std::nullopt);
  report.Add(1, "b", "", std::nullopt, 9);
  report.Add(1, "a", "", 5, std::nullopt);
  report.BeginSection(1, false);
  report.Add(0, "d", "", 0, 0);
  const std::vector<Difference> list = report.Take();
  ASSERT_EQ(list.size(), 4u);
  EXPECT_EQ(list[0].kind + list[1].kind + list[2].kind + list[3].kind, "abcd");
  EXPECT_EQ(list[2].section, 0u);
  EXPECT_TRUE(list[2].section_is_new);
  EXPECT_EQ(list[3].section, 1u);
  EXPECT_FALSE(list[3].section_is_new);
}

TEST(SdpReport, EndsWithASentenceWhenThereWereMore) {
  DiffReport report;
  for (size_t i = 0; i < DiffReport::kMaxDifferences; ++i) report.Add(0, "x", "", i, i);
  report.Add(0, "y", "", 0, 0);
  const std::vector<Difference> list = report.Take();
  EXPECT_EQ(list.size(), DiffReport::kMaxDifferences + 1);
  EXPECT_EQ(list.back().kind, "more-differences");
}

}  // namespace
}  // namespace koeru::sdp
