#include "native_server/users/http_hook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "absl/log/log_sink.h"
#include "absl/log/log_sink_registry.h"
#include "core/bytes/hex.h"
#include "native_server/users/user_store.h"
#include "tests/native_server/users/hook_server.h"

namespace koeru::server {
namespace {

using Result = UserAnswer::Result;
using ::testing::HasSubstr;
using ::testing::Not;

class Lines : public absl::LogSink {
 public:
  Lines() { absl::AddLogSink(this); }
  ~Lines() override { absl::RemoveLogSink(this); }
  void Send(const absl::LogEntry& entry) override {
    const std::lock_guard lock(mutex_);
    text_ += std::string(entry.text_message()) + "\n";
  }
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  std::mutex mutex_;
  std::string text_;
};

class HttpHookTest : public ::testing::Test {
 protected:
  void Start(HookOptions options) { hook_.emplace(std::move(options)); }
  // Empty when none comes.
  std::optional<UserAnswer> Ask(const std::string& name) {
    hook_->Ask({++id_, "r", name}, answers_);
    for (int i = 0; i < 100; ++i) {
      pollfd poll{.fd = answers_->fd(), .events = POLLIN, .revents = 0};
      ::poll(&poll, 1, 300);
      const auto got = answers_->Take();
      if (!got.empty()) return got[0];
    }
    return std::nullopt;
  }
  Result ResultOf(const std::string& name) {
    const auto answer = Ask(name);
    EXPECT_TRUE(answer);
    if (!answer) return Result::kFailed;
    EXPECT_EQ(answer->id, id_);
    return answer->result;
  }
  std::string KeyOf(const std::string& name) {
    const auto answer = Ask(name);
    EXPECT_TRUE(answer && answer->result == Result::kFound) << name;
    return answer ? ToHex(answer->key) : "";
  }

  Lines lines_;
  uint64_t id_ = 0;
  std::shared_ptr<UserAnswers> answers_ = std::make_shared<UserAnswers>();
  std::optional<HttpHook> hook_;
};

TEST_F(HttpHookTest, PasswordsAndKeysMakeAUserAndOtherStatusesNone) {
  const HookServer server;
  Start({.url = server.Url()});
  EXPECT_EQ(KeyOf("alice"), KeyText("r", "alice", "pass \"word\" \xC3\xA9"));
  EXPECT_EQ(KeyOf("key"), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(ResultOf("nobody"), Result::kAbsent);
  EXPECT_EQ(ResultOf("forbidden"), Result::kAbsent);
  EXPECT_EQ(ResultOf("quote\"\\\n\x01name"), Result::kAbsent);
  EXPECT_EQ(KeyOf("echo"), KeyText("r", "echo", "application/json r"));
  EXPECT_EQ(KeyOf("echo-token"), KeyText("r", "echo-token", "none"));
}

TEST_F(HttpHookTest, ATokenIsSentAlong) {
  const HookServer server;
  Start({.url = server.Url(), .token = "abc"});
  EXPECT_EQ(KeyOf("echo-token"), KeyText("r", "echo-token", "Bearer abc"));
}

TEST_F(HttpHookTest, WhatMakesNoSenseIsAFailureAndOneLineUntilItAnswersAgain) {
  const HookServer server;
  Start({.url = server.Url(), .timeout = std::chrono::milliseconds(1000), .calm = {}});
  for (const char* name :
       {"broken", "junk", "number", "list", "short-key", "long", "redirect", "slow"}) {
    EXPECT_EQ(ResultOf(name), Result::kFailed) << name;
  }
  EXPECT_THAT(lines_.text(), HasSubstr("it answered with status 500; users who are known go on"));
  const std::string said = lines_.text();
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  EXPECT_EQ(ResultOf("nobody"), Result::kAbsent);
  EXPECT_THAT(lines_.text(), HasSubstr("answers again"));
}

TEST_F(HttpHookTest, AnEndpointThatFailsForSomeNamesOnlyDoesNotFillTheLog) {
  const HookServer server;
  Start({.url = server.Url(), .calm = std::chrono::hours(1)});
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(ResultOf("broken"), Result::kFailed);
    EXPECT_EQ(ResultOf("nobody"), Result::kAbsent);
  }
  const std::string said = lines_.text();
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
}

TEST_F(HttpHookTest, AnEndpointThatIsGoneIsAFailureAndSaysWhy) {
  std::string url;
  {
    const HookServer server;
    url = server.Url();
    Start({.url = url});
    EXPECT_EQ(ResultOf("alice"), Result::kFound);
  }
  EXPECT_EQ(ResultOf("alice"), Result::kFailed);
  EXPECT_THAT(lines_.text(), HasSubstr("connect"));
}

TEST_F(HttpHookTest, ManyQuestionsRunBesideEachOtherAndEachIsAnsweredOnce) {
  const HookServer server;
  Start({.url = server.Url(), .timeout = std::chrono::seconds(60)});
  std::map<uint64_t, int> answered;
  for (uint64_t id = 1; id <= 500; ++id) hook_->Ask({id, "r", "alice"}, answers_);
  for (int i = 0; i < 1000 && answered.size() < 500; ++i) {
    pollfd poll{.fd = answers_->fd(), .events = POLLIN, .revents = 0};
    ::poll(&poll, 1, 100);
    for (const UserAnswer& answer : answers_->Take()) {
      EXPECT_EQ(answer.result, Result::kFound);
      ++answered[answer.id];
    }
  }
  EXPECT_EQ(answered.size(), 500u);
  for (const auto& [id, times] : answered) EXPECT_EQ(times, 1) << id;
}

TEST_F(HttpHookTest, StoppingDoesNotWaitForAnEndpointThatHangs) {
  const HookServer server;
  Start({.url = server.Url(), .timeout = std::chrono::seconds(60)});
  for (uint64_t id = 1; id <= 100; ++id) hook_->Ask({id, "r", "slow"}, answers_);
  hook_.reset();
}

TEST_F(HttpHookTest, ACertificateOfAnUnknownAuthorityIsRefused) {
  std::string pattern = ::testing::TempDir() + "koeru-hook-XXXXXX";
  const std::string directory = ::mkdtemp(pattern.data());
  const std::string certificate = directory + "/c.pem", key = directory + "/k.pem";
  ASSERT_EQ(
      std::system(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                   "-days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
                   key + " -out " + certificate + " 2>/dev/null")
                      .c_str()),
      0);
  const HookServer server(certificate, key);
  Start({.url = server.Url("https")});
  EXPECT_EQ(ResultOf("alice"), Result::kFailed);
  EXPECT_THAT(lines_.text(), HasSubstr("certificate"));
  EXPECT_THAT(lines_.text(), Not(HasSubstr("pass")));
  hook_.reset();
  Start({.url = server.Url("https"), .ca_file = certificate});
  EXPECT_EQ(ResultOf("alice"), Result::kFound);
  std::filesystem::remove_all(directory);
}

TEST(HookUrl, PasswordsComeBackOverTlsOrFromThisMachineOnly) {
  for (const char* good : {"https://example.org/turn", "http://127.0.0.1:80/x", "http://[::1]",
                           "http://localhost:5/"}) {
    EXPECT_TRUE(CheckHookUrl(good).ok()) << good;
  }
  for (const char* bad : {"", "https://", "http://example.org", "http://127.0.0.1.example.org/",
                          "http://localhost@example.org/", "file:///etc/passwd", "example.org",
                          "https://user:secret@example.org/turn"}) {
    EXPECT_FALSE(CheckHookUrl(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace koeru::server
