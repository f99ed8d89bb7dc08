#pragma once

// How a worker asks for users who stand in a database, without waiting for it.
//
//   users.Ask({id, realm, name}, mailbox);       // returns at once
//   ...                                          // mailbox->fd() becomes readable
//   for (const UserAnswer& answer : mailbox->Take()) relay.OnUserLookedUp(...);
//
// Each question is answered once, unless the source stops before.

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/crypto/hash.h"
#include "native_server/io/event_fd.h"

namespace koeru::server {

struct UserQuestion {
  uint64_t id = 0;
  std::string realm;
  std::string name;
};

struct UserAnswer {
  enum class Result : uint8_t { kFound, kAbsent, kFailed };
  uint64_t id = 0;
  Result result = Result::kFailed;
  crypto::Md5Digest key{};  // kFound
};

// Where one worker finds its answers. It outlives the worker when the source still has it. Who is
// not a worker takes them as they come.
class UserAnswers {
 public:
  virtual ~UserAnswers() = default;
  // From any thread.
  virtual void Leave(const UserAnswer& answer) {
    {
      const std::lock_guard lock(mutex_);
      answers_.push_back(answer);
    }
    wake_.Signal();
  }
  // By the worker, when fd() is readable.
  std::vector<UserAnswer> Take() {
    wake_.Drain();
    const std::lock_guard lock(mutex_);
    return std::exchange(answers_, {});
  }
  int fd() const { return wake_.fd(); }

 private:
  EventFd wake_;
  std::mutex mutex_;
  std::vector<UserAnswer> answers_;  // guarded by mutex_; not more than the worker asked
};

class UserSource {
 public:
  virtual ~UserSource() = default;
  virtual void Ask(UserQuestion question, std::shared_ptr<UserAnswers> answers) = 0;
};

}  // namespace koeru::server
