#pragma once

// Reloads that an administrator asks for: the same as SIGHUP, with an answer.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "absl/status/statusor.h"
#include "native_server/admin/admin_api.h"

namespace koeru::server {

class ReloadDesk {
 public:
  // From any thread but the main one: sends SIGHUP to this process and waits for what came of it.
  absl::StatusOr<ReloadReport> Ask(std::chrono::milliseconds patience);
  // By the main thread, after each SIGHUP.
  void Report(absl::StatusOr<ReloadReport> report);

 private:
  std::mutex mutex_;
  std::condition_variable reported_;
  uint64_t number_ = 0;  // of reports
  absl::StatusOr<ReloadReport> last_ = ReloadReport{};
};

}  // namespace koeru::server
