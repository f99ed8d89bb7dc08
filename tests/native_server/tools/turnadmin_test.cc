// Beside coturn's own turnadmin, on one database: what one writes the other one reads, and both
// print the same lines.

#include "native_server/tools/turnadmin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/native_server/tools/command_run.h"
#include "tests/native_server/users/database_server.h"

namespace koeru::tools {
namespace {

using server::Database;
using ::testing::HasSubstr;

// coturn's program; its log files go away with the output's lines about them.
std::string RunCoturns(const std::vector<std::string>& arguments) {
  std::string command = "turnadmin";
  for (const std::string& argument : arguments) {
    command += " '";
    for (const char c : argument) command += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += "'";
  }
  std::FILE* const pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return "cannot be started";
  std::string all, lines;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) all += static_cast<char>(c);
  ::pclose(pipe);
  while (!all.empty()) {
    const size_t end = std::min(all.find('\n'), all.size() - 1);
    const std::string line = all.substr(0, end + 1);
    all.erase(0, end + 1);
    constexpr std::string_view kLog = "log file opened: ";
    if (const size_t at = line.find(kLog); at != std::string::npos) {
      std::filesystem::remove(line.substr(at + kLog.size(), line.size() - at - kLog.size() - 1));
    }
    if (line.find(": : ") == std::string::npos) lines += line;
  }
  return lines;
}

class TurnadminTest : public ::testing::TestWithParam<Database::Kind> {
 protected:
  std::vector<std::string> OnDatabase(std::vector<std::string> arguments) const {
    for (std::string& option : database_.TurnadminOption()) arguments.push_back(std::move(option));
    return arguments;
  }
  std::string Ours(const std::vector<std::string>& arguments) const {
    const CommandOutcome outcome = RunCommand(RunTurnadmin, OnDatabase(arguments));
    EXPECT_EQ(outcome.code, kExitOk) << outcome.err;
    return outcome.out;
  }
  std::string Theirs(const std::vector<std::string>& arguments) const {
    return RunCoturns(OnDatabase(arguments));
  }
  // coturn's order is Redis' own, and its words for options are other ones there.
  std::string Sorted(const std::string& text) const {
    std::vector<std::string> lines = absl::StrSplit(text, '\n', absl::SkipEmpty());
    const bool is_redis = GetParam() == Database::Kind::kRedis;
    for (std::string& line : lines) {
      std::smatch parts;
      if (is_redis && std::regex_match(line, parts, std::regex("(.*)/(.*) = (.*)"))) {
        line = parts.str(2) + "[" + parts.str(1) + "]=" + parts.str(3);
      }
      line += "\n";
    }
    std::sort(lines.begin(), lines.end());
    return absl::StrJoin(lines, "");
  }
  // All that can be listed, by both.
  void ExpectBothShow(const std::string& users, const std::string& secrets,
                      const std::string& origins, const std::string& options,
                      const std::string& admins) {
    const std::pair<const char*, std::string> lists[] = {
        {"-l", users}, {"-S", secrets}, {"-I", origins}, {"-G", options}, {"-L", admins}};
    for (const auto& [command, expected] : lists) {
      EXPECT_EQ(Ours({command}), expected) << command;
      EXPECT_EQ(Sorted(Theirs({command})), expected) << command;
    }
  }
  server::TestDatabase database_{GetParam()};
};

TEST_P(TurnadminTest, ReadsWhatCoturnsWritesAndTheOtherWayRound) {
  for (const bool ours : {false, true}) {
    const auto run = [&](const std::vector<std::string>& arguments) {
      return ours ? Ours(arguments) : Theirs(arguments);
    };
    run({"-a", "-u", "gorst", "-r", "north.gov", "-p", "hero"});
    run({"-s", "logen", "-r", "north.gov"});
    run({"-O", "-o", "http://crinna.org:80", "-r", "crinna.org"});
    run({"-g", "-r", "north.gov", "--user-quota", "7", "--max-bps=500000"});
    run({"-A", "-u", "bayaz", "-p", "magi"});
    run({"-A", "-u", "skarling", "-r", "north.gov", "-p", "hoodless"});
    ExpectBothShow("gorst[north.gov]\n", "logen[north.gov]\n",
                   "http://crinna.org:80 ==>> crinna.org\n",
                   "max-bps[north.gov]=500000\nuser-quota[north.gov]=7\n",
                   "bayaz\nskarling[north.gov]\n");
    const auto store = database_.Open();
    EXPECT_EQ((*store->Find(server::Table::kUsers, "north.gov", "gorst"))->value.substr(0, 32),
              "7da2270ccfa49786e0115366d3a3d14d");  // of coturn's schema.userdb.redis

    // Gone by the one, gone for both.
    run({"-d", "-u", "gorst", "-r", "north.gov"});
    run({"-X", "logen", "-r", "north.gov"});
    run({"-R", "-o", "http://crinna.org:80"});
    // coturn 4.6.1 does not take options away from SQLite.
    Ours({"-g", "-r", "north.gov", "--user-quota=0", "--max-bps", "0"});
    run({"-D", "-u", "bayaz"});
    run({"-D", "-u", "skarling"});
    ExpectBothShow("", "", "", "", "");
  }
}

INSTANTIATE_TEST_SUITE_P(Databases, TurnadminTest,
                         ::testing::Values(Database::Kind::kSqlite, Database::Kind::kPostgres,
                                           Database::Kind::kRedis),
                         [](const auto& kind) { return server::NameOf(kind.param); });

TEST(Turnadmin, IsAName) {
  EXPECT_TRUE(IsTurnadmin("/usr/bin/turnadmin"));
  EXPECT_TRUE(IsTurnadmin("turnadmin"));
  EXPECT_FALSE(IsTurnadmin("/turnadmin/koeru"));
}

TEST(Turnadmin, MakesKeysWithoutADatabase) {
  const std::vector<std::string> arguments = {"-k", "-u", "gorst", "-r", "north.gov", "-phero"};
  const CommandOutcome outcome = RunCommand(RunTurnadmin, arguments);
  EXPECT_EQ(outcome.out, "0x7da2270ccfa49786e0115366d3a3d14d\n");
  EXPECT_EQ(RunCoturns(arguments), outcome.out);
}

TEST(Turnadmin, WhatIsMissingIsSaidInCoturnsWordsAndWhatIsUnknownInOurs) {
  const auto error = [](const std::vector<std::string>& arguments) {
    const CommandOutcome outcome = RunCommand(RunTurnadmin, arguments);
    EXPECT_EQ(outcome.code, kTurnadminFailed);
    return outcome.err;
  };
  const std::string cannot = "The operation cannot be completed: the ";
  EXPECT_EQ(error({"-a"}), cannot + "user must be set.\n");
  EXPECT_EQ(error({"-a", "-u", "x"}), cannot + "password must be set.\n");
  EXPECT_EQ(error({"-a", "-u", "x", "-p", "y"}), cannot + "realm must be set.\n");
  EXPECT_EQ(error({"-O"}), cannot + "origin must be set.\n");
  EXPECT_EQ(error({"-s", "x"}), cannot + "realm must be set.\n");
  EXPECT_THAT(error({}), HasSubstr("usage: turnadmin COMMAND"));
  EXPECT_THAT(error({"-a", "-l"}), HasSubstr("two commands"));
  EXPECT_THAT(error({"-l", "-M", "x"}), HasSubstr("SQLite (-b)"));
  EXPECT_THAT(error({"--colour"}), HasSubstr("there is no option --colour"));
  EXPECT_THAT(error({"-l", "-r"}), HasSubstr("--realm needs a value"));
  EXPECT_THAT(error({"-g", "-r", "x", "--max-bps", "fast"}), HasSubstr("not a number"));
}

}  // namespace
}  // namespace koeru::tools
