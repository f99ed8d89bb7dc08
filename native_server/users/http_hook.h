#pragma once

// Asks the operator's own HTTP endpoint who a user is, without waiting for it:
//
//   POST <auth-hook>                            {"realm":"example.org","username":"alice"}
//   200 {"password":"..."} or {"key":"..."}     key: MD5(username:realm:password), 32 hex digits
//   403, 404                                    there is no such user
//   anything else, or nothing in time           it cannot be found out now
//
// Requests run beside each other on a thread of their own (libcurl). The relay remembers answers
// (core/relay/known_users.h), so a call asks once in ten seconds at most, and who was known goes on
// while the endpoint is down. That is one line in the log, and another one when it answers again.
//
// Bounds: kMaxQuestions wait, kAtOnce are under way, an answer has kMaxAnswer bytes; beyond, the
// answer is kFailed. Redirects are not followed; certificates are checked.

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "native_server/users/user_source.h"

namespace koeru::server {

struct HookOptions {
  std::string url;
  std::string token{};                      // sent as Authorization: Bearer; empty: none
  std::string ca_file{};                    // PEM; empty: the system's authorities
  std::chrono::milliseconds timeout{2000};  // of one request, in all
  // Without a failure for so long: it counts as up again. One that fails for some names and answers
  // for others would fill the log.
  std::chrono::milliseconds calm{10'000};
};

// https, or http on this machine: answers are passwords. The error says so.
absl::Status CheckHookUrl(std::string_view url);

class HttpHook final : public UserSource {
 public:
  static constexpr size_t kMaxQuestions = 4096;
  static constexpr size_t kAtOnce = 64;
  static constexpr size_t kMaxAnswer = 4096;

  explicit HttpHook(HookOptions options);
  ~HttpHook() override;

  void Ask(UserQuestion question, std::shared_ptr<UserAnswers> answers) override;

 private:
  struct Waiting {
    UserQuestion question;
    std::shared_ptr<UserAnswers> answers;
  };
  struct Transfer;

  void Run();
  void Begin(Waiting waiting);
  void TakeFinished();
  void NoteState(const std::string& problem);

  const HookOptions options_;
  void* const multi_;  // CURLM
  std::vector<std::unique_ptr<Transfer>> under_way_;
  bool is_down_ = false;
  std::chrono::steady_clock::time_point last_failure_;

  std::mutex mutex_;
  std::deque<Waiting> questions_;  // guarded by mutex_
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// What an answer of the endpoint says; for tests. `problem`: why the result is kFailed.
UserAnswer ReadHookAnswer(const UserQuestion& question, long status, std::string_view body,
                          std::string& problem);

}  // namespace koeru::server
