#include "native_server/log/log.h"

#include <syslog.h>

#include <atomic>
#include <mutex>
#include <shared_mutex>

#include "absl/log/globals.h"
#include "absl/log/initialize.h"
#include "absl/log/log_sink_registry.h"
#include "native_server/log/log_writer.h"

namespace koeru::server {
namespace {

std::atomic<bool> debug_lines{false};

// For Log::Write: the writer that runs. Behind a lock that is held for the length of a call, so
// that the writer stays while somebody writes.
std::shared_mutex running_mutex;
LogWriter* running = nullptr;

void SetRunning(LogWriter* writer) {
  const std::unique_lock lock(running_mutex);
  running = writer;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Log>> Log::Start(const LogOptions& options) {
  std::optional<LogFile> file;
  if (!options.file.empty()) {
    auto opened = LogFile::Open(options.file, options.rotate_bytes);
    if (!opened.ok()) return opened.status();
    file = *std::move(opened);
  }
  // Without the first connection now, one that is made later would find no /dev/log in a chroot.
  if (options.syslog) ::openlog("koeru-relay", LOG_PID | LOG_NDELAY, *options.syslog);
  debug_lines.store(options.debug, std::memory_order_relaxed);
  return std::unique_ptr<Log>(new Log(std::make_unique<LogWriter>(options, std::move(file))));
}

Log::Log(std::unique_ptr<LogWriter> writer) : writer_(std::move(writer)) {
  static const bool initialized = [] {
    absl::InitializeLog();
    return true;
  }();
  static_cast<void>(initialized);
  // The sink is the only way out.
  absl::SetStderrThreshold(absl::LogSeverityAtLeast::kInfinity);
  absl::AddLogSink(writer_.get());
  SetRunning(writer_.get());
}

Log::~Log() {
  debug_lines.store(false, std::memory_order_relaxed);
  SetRunning(nullptr);
  absl::RemoveLogSink(writer_.get());
}

void Log::SetLevel(absl::LogSeverity min, bool debug) {
  writer_->set_min(min);
  debug_lines.store(debug, std::memory_order_relaxed);
}

void Log::Write(absl::LogSeverity severity, std::string_view text,
                std::span<const LogField> fields) {
  const std::shared_lock lock(running_mutex);
  if (running != nullptr) running->Write(absl::Now(), severity, text, fields);
}

void Log::Reopen() { writer_->Reopen(); }
void Log::Flush() { writer_->Flush(); }
bool Log::debug() { return debug_lines.load(std::memory_order_relaxed); }

}  // namespace koeru::server
