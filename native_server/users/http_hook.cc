#include "native_server/users/http_hook.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/hex.h"
#include "native_server/http/curl_request.h"
#include "native_server/io/json_view.h"
#include "native_server/users/user_store.h"

namespace koeru::server {
namespace {

constexpr int kSleepMs = 1000;

bool SetKey(std::string_view hex, crypto::Md5Digest& key) {
  const auto bytes = FromHex(hex);
  if (!bytes.ok() || bytes->size() != key.size()) return false;
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return true;
}

}  // namespace

// One question under way.
struct HttpHook::Transfer {
  Waiting waiting;
  CurlTransfer http;

  Transfer(Waiting question, CurlRequest request)
      : waiting(std::move(question)), http(std::move(request)) {}
};

absl::Status CheckHookUrl(std::string_view url) {
  const size_t scheme_end = url.find("://");
  const std::string_view rest =
      scheme_end == std::string_view::npos ? url : url.substr(scheme_end + 3);
  if (rest.substr(0, rest.find_first_of("/?#")).find('@') != std::string_view::npos) {
    return absl::InvalidArgumentError(
        "the log shows the address: write no name and password into it, but auth-hook-token=...");
  }
  if (url.starts_with("https://") && url.size() > 8) return absl::OkStatus();
  for (const std::string_view local : {"http://127.0.0.1", "http://[::1]", "http://localhost"}) {
    if (!url.starts_with(local)) continue;
    const std::string_view behind = url.substr(local.size());
    if (behind.empty() || behind[0] == ':' || behind[0] == '/') return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "write an https:// address: passwords come back over it (http:// only for 127.0.0.1, [::1] "
      "and localhost)");
}

UserAnswer ReadHookAnswer(const UserQuestion& question, long status, std::string_view body,
                          std::string& problem) {
  UserAnswer answer{.id = question.id};
  if (status == 403 || status == 404) {
    answer.result = UserAnswer::Result::kAbsent;
    return answer;
  }
  if (status != 200) {
    problem = absl::StrCat("it answered with status ", status);
    return answer;
  }
  boost::system::error_code error;
  const boost::json::value parsed =
      boost::json::parse(JsonView(body), error);
  const boost::json::object* const object = error ? nullptr : parsed.if_object();
  const auto text = [object](std::string_view name) {
    return object == nullptr ? std::nullopt : TextIn(*object, name);
  };
  if (const auto password = text("password")) {
    const std::string hex = KeyText(question.realm, question.name, std::string(*password));
    if (SetKey(hex, answer.key)) answer.result = UserAnswer::Result::kFound;
  } else if (const auto key = text("key")) {
    if (SetKey(std::string(*key), answer.key)) answer.result = UserAnswer::Result::kFound;
  }
  if (answer.result != UserAnswer::Result::kFound) {
    // Not the body: a password may be in it.
    problem = "its answer has neither \"password\" nor \"key\" with 32 hexadecimal digits";
  }
  return answer;
}

HttpHook::HttpHook(HookOptions options)
    : options_(std::move(options)), multi_((StartCurlOnce(), curl_multi_init())) {
  thread_ = std::thread([this] { Run(); });
}

HttpHook::~HttpHook() {
  stop_.store(true);
  curl_multi_wakeup(multi_);
  thread_.join();
  curl_multi_cleanup(multi_);
}

void HttpHook::Ask(UserQuestion question, std::shared_ptr<UserAnswers> answers) {
  {
    const std::lock_guard lock(mutex_);
    if (questions_.size() < kMaxQuestions && !stop_.load()) {
      questions_.push_back({std::move(question), std::move(answers)});
      curl_multi_wakeup(multi_);
      return;
    }
  }
  answers->Leave({.id = question.id});
}

void HttpHook::Run() {
  while (!stop_.load()) {
    while (under_way_.size() < kAtOnce) {
      std::unique_lock lock(mutex_);
      if (questions_.empty()) break;
      Waiting waiting = std::move(questions_.front());
      questions_.pop_front();
      lock.unlock();
      Begin(std::move(waiting));
    }
    int running = 0;
    curl_multi_perform(multi_, &running);
    TakeFinished();
    curl_multi_poll(multi_, nullptr, 0, kSleepMs, nullptr);
  }
  // What is still under way is not answered any more: its workers stop, too.
  for (const auto& transfer : under_way_) curl_multi_remove_handle(multi_, transfer->http.easy());
  under_way_.clear();
}

void HttpHook::Begin(Waiting waiting) {
  boost::json::object body;
  body["realm"] = waiting.question.realm;
  body["username"] = waiting.question.name;
  auto transfer = std::make_unique<Transfer>(std::move(waiting),
                                             CurlRequest{.url = options_.url,
                                                         .token = options_.token,
                                                         .ca_file = options_.ca_file,
                                                         .timeout = options_.timeout,
                                                         .max_answer = kMaxAnswer,
                                                         .body = boost::json::serialize(body)});
  curl_easy_setopt(transfer->http.easy(), CURLOPT_PRIVATE, transfer.get());
  curl_multi_add_handle(multi_, transfer->http.easy());
  under_way_.push_back(std::move(transfer));
}

void HttpHook::TakeFinished() {
  int left = 0;
  while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    Transfer* transfer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    const UserQuestion& question = transfer->waiting.question;
    UserAnswer answer{.id = question.id};
    std::string problem = transfer->http.ProblemOf(message->data.result);
    if (problem.empty()) {
      answer = ReadHookAnswer(question, transfer->http.status(), transfer->http.answer(), problem);
    }
    NoteState(problem);
    transfer->waiting.answers->Leave(answer);
    curl_multi_remove_handle(multi_, message->easy_handle);
    std::erase_if(under_way_, [&](const auto& one) { return one.get() == transfer; });
  }
}

void HttpHook::NoteState(const std::string& problem) {
  const auto now = std::chrono::steady_clock::now();
  if (!problem.empty()) {
    last_failure_ = now;
    if (std::exchange(is_down_, true)) return;
    LOG(ERROR) << "auth-hook " << options_.url << ": " << problem
               << "; users who are known go on, others get 500";
  } else if (is_down_ && now - last_failure_ >= options_.calm) {
    is_down_ = false;
    LOG(INFO) << "auth-hook " << options_.url << " answers again";
  }
}

}  // namespace koeru::server
