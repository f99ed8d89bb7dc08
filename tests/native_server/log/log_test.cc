#include "native_server/log/log.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace koeru::server {
namespace {

class LogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-log-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    options_.file = directory_ + "/relay.log";
    options_.to_stdout = false;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string Text(const std::string& name = "relay.log") const {
    std::stringstream text;
    text << std::ifstream(directory_ + "/" + name).rdbuf();
    return text.str();
  }

  std::string directory_;
  LogOptions options_;
};

TEST_F(LogTest, WritesWhatIsAtLeastAsSevereAsAskedFor) {
  options_.min = absl::LogSeverity::kWarning;
  auto log = Log::Start(options_);
  ASSERT_TRUE(log.ok());
  LOG(INFO) << "quiet";
  LOG(WARNING) << "loud %s%n";
  (*log)->Flush();
  EXPECT_EQ(Text().find("quiet"), std::string::npos);
  EXPECT_NE(Text().find(" warning: loud %s%n\n"), std::string::npos);
}

TEST_F(LogTest, DebugLinesNeedDebug) {
  for (const bool debug : {false, true}) {
    options_.debug = debug;
    auto log = Log::Start(options_);
    KOERU_LOG_DEBUG << "client 192.0.2.1 " << debug;
    EXPECT_EQ(Log::debug(), debug);
    (*log)->Flush();
    EXPECT_EQ(Text().find("client 192.0.2.1") != std::string::npos, debug);
  }
}

TEST_F(LogTest, IsNotReadableForEverybody) {
  auto log = Log::Start(options_);
  LOG(INFO) << "x";
  (*log)->Flush();
  struct stat status {};
  ASSERT_EQ(::stat(options_.file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0007, 0u);
}

TEST_F(LogTest, StartsANewFileAtItsBound) {
  options_.rotate_bytes = 2000;
  auto log = Log::Start(options_);
  for (int i = 0; i < 100; ++i) {
    LOG(INFO) << "line " << i;
    (*log)->Flush();
  }
  EXPECT_LE(Text().size(), 2000u);
  EXPECT_LE(Text("relay.log.1").size(), 2000u);
  EXPECT_NE(Text().find("line 99\n"), std::string::npos);
}

TEST_F(LogTest, ReopensAfterTheFileWasMoved) {
  auto log = Log::Start(options_);
  LOG(INFO) << "before";
  (*log)->Flush();
  std::filesystem::rename(options_.file, directory_ + "/moved");
  (*log)->Reopen();
  LOG(INFO) << "after";
  (*log)->Flush();
  EXPECT_NE(Text("moved").find("before"), std::string::npos);
  EXPECT_EQ(Text("moved").find("after"), std::string::npos);
  EXPECT_NE(Text().find("after"), std::string::npos);
}

TEST_F(LogTest, LosesLinesRatherThanTimeAndSaysHowMany) {
  options_.queue_lines = 10;
  auto log = Log::Start(options_);
  for (int i = 0; i < 20'000; ++i) LOG(INFO) << "flood";
  (*log)->Flush();
  LOG(INFO) << "the end";
  (*log)->Flush();
  const std::string text = Text();
  EXPECT_NE(text.find("lines of log were lost"), std::string::npos);
  EXPECT_NE(text.find("the end"), std::string::npos);
}

TEST_F(LogTest, TakesLinesFromManyThreads) {
  auto log = Log::Start(options_);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      for (int i = 0; i < 200; ++i) LOG(INFO) << "from a thread";
    });
  }
  for (std::thread& thread : threads) thread.join();
  (*log)->Flush();
  const std::string text = Text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 800);
}

TEST_F(LogTest, AFileThatCannotBeWrittenIsAnErrorThatNamesIt) {
  options_.file = directory_ + "/missing/relay.log";
  const auto log = Log::Start(options_);
  ASSERT_FALSE(log.ok());
  EXPECT_NE(log.status().message().find(options_.file), std::string::npos);
  EXPECT_NE(log.status().message().find("log-file"), std::string::npos);
}

TEST_F(LogTest, FieldsAreWrittenInTheFormatAskedFor) {
  for (const LogFormat format : {LogFormat::kText, LogFormat::kJson}) {
    options_.format = format;
    auto log = Log::Start(options_);
    Log::Write(absl::LogSeverity::kInfo, "life", std::vector<LogField>{{"n", uint64_t{7}}});
    (*log)->Flush();
  }
  EXPECT_NE(Text().find(" info: life n=7\n"), std::string::npos) << Text();
  EXPECT_NE(Text().find("\"severity\":\"info\",\"message\":\"life\",\"n\":7}\n"), std::string::npos)
      << Text();
}

TEST_F(LogTest, TheLevelCanChangeWhileItRuns) {
  auto log = Log::Start(options_);
  (*log)->SetLevel(absl::LogSeverity::kError, false);
  LOG(WARNING) << "not any more";
  (*log)->SetLevel(absl::LogSeverity::kInfo, true);
  KOERU_LOG_DEBUG << "everything";
  (*log)->Flush();
  EXPECT_EQ(Text().find("not any more"), std::string::npos);
  EXPECT_NE(Text().find("debug: everything"), std::string::npos);
}

TEST_F(LogTest, WithoutALogALineWithFieldsGoesNowhere) {
  Log::Write(absl::LogSeverity::kInfo, "nobody listens", {});
  EXPECT_FALSE(std::filesystem::exists(options_.file));
}

}  // namespace
}  // namespace koeru::server
