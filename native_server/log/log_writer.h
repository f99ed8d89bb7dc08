#pragma once

// The sink behind LOG(...): formats a line, queues it, and a thread writes it.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "absl/log/log_entry.h"
#include "absl/log/log_sink.h"
#include "native_server/log/log.h"
#include "native_server/log/log_file.h"

namespace koeru::server {

class LogWriter final : public absl::LogSink {
 public:
  LogWriter(const LogOptions& options, std::optional<LogFile> file);
  ~LogWriter() override;

  void Send(const absl::LogEntry& entry) override;
  void Write(absl::Time time, absl::LogSeverity severity, std::string_view text,
             std::span<const LogField> fields);
  void set_min(absl::LogSeverity min) { min_.store(min, std::memory_order_relaxed); }
  // Waits until everything is written.
  void Flush() override;
  void Reopen();

 private:
  struct Line {
    std::string text;
    bool to_stdout;
    absl::LogSeverity severity;
  };
  void Run();
  void WriteOut(const std::deque<Line>& lines);

  const LogOptions options_;
  std::atomic<absl::LogSeverity> min_;
  std::optional<LogFile> file_;  // the thread's

  std::mutex mutex_;
  std::condition_variable wake_, idle_;
  std::deque<Line> queue_;
  size_t lost_ = 0;
  bool reopen_ = false;
  bool stop_ = false;
  bool writing_ = false;
  std::thread thread_;
};

}  // namespace koeru::server
