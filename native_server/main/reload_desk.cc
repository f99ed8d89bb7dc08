#include "native_server/main/reload_desk.h"

#include <unistd.h>

#include <csignal>
#include <utility>

namespace koeru::server {

absl::StatusOr<ReloadReport> ReloadDesk::Ask(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const uint64_t before = number_;
  ::kill(::getpid(), SIGHUP);
  if (!reported_.wait_for(lock, patience, [&] { return number_ != before; })) {
    return absl::DeadlineExceededError("the server is still busy with it: look into its log");
  }
  return last_;
}

void ReloadDesk::Report(absl::StatusOr<ReloadReport> report) {
  const std::lock_guard lock(mutex_);
  ++number_;
  last_ = std::move(report);
  reported_.notify_all();
}

}  // namespace koeru::server
