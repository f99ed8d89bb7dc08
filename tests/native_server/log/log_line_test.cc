// What a line looks like, also when its text comes from somebody who means no good.

#include "native_server/log/log_line.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

constexpr auto kInfo = absl::LogSeverity::kInfo;

TEST(FormatLine, IsOneLineWhateverTheTextIs) {
  EXPECT_EQ(FormatLine(LogFormat::kText, absl::UnixEpoch() + absl::Milliseconds(1234),
                       absl::LogSeverity::kWarning, "a\nb\x1b[31m\x7f\r"),
            "1970-01-01T00:00:01.234Z warning: a\\x0ab\\x1b[31m\\x7f\\x0d\n");
  const std::string line =
      FormatLine(LogFormat::kText, absl::UnixEpoch(), kInfo, std::string(100'000, 'x'));
  EXPECT_LT(line.size(), 1100u);
  EXPECT_TRUE(line.ends_with("...\n"));
}

TEST(FormatLine, FieldsOfTextFormAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(FormatLine(LogFormat::kText, absl::UnixEpoch(), kInfo, "ended",
                       std::vector<LogField>{{"user", "anna"},
                                             {"reason", "its lifetime ran out"},
                                             {"other", "a\" user=\"root\n"},
                                             {"empty", ""},
                                             {"bytes", uint64_t{12}},
                                             {"age_s", 1.5}}),
            "1970-01-01T00:00:00.000Z info: ended user=anna reason=\"its lifetime ran out\" "
            "other=\"a\\\" user=\\\"root\\\\x0a\" empty=\"\" bytes=12 age_s=1.5\n");
}

TEST(FormatLine, AsJsonIsAnObjectOfOneLine) {
  EXPECT_EQ(FormatLine(LogFormat::kJson, absl::UnixEpoch(), kInfo, "he said \"hi\"\n",
                       std::vector<LogField>{{"user", "\xff\\"}, {"bytes", uint64_t{12}}}),
            "{\"time\":\"1970-01-01T00:00:00.000Z\",\"severity\":\"info\",\"message\":"
            "\"he said \\\"hi\\\"\\\\x0a\",\"user\":\"\\\\xff\\\\\\\\\",\"bytes\":12}\n");
}

TEST(FormatLine, LongFieldsAreCut) {
  const std::string line =
      FormatLine(LogFormat::kJson, absl::UnixEpoch(), kInfo, "x",
                 std::vector<LogField>{{"user", std::string_view(std::string(70'000, 'u'))}});
  EXPECT_LT(line.size(), 1000u);
}

}  // namespace
}  // namespace koeru::server
