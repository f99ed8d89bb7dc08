#pragma once

// The sink behind LOG(...): formats a line, queues it, and a thread writes it.

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
  // Waits until everything is written.
  void Flush() override;
  void Reopen();

 private:
  struct Line {
    std::string text;
    bool to_stdout;
  };
  void Run();
  void Write(const std::deque<Line>& lines);

  const LogOptions options_;
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

// "2026-11-22T15:49:40.123Z warning: text\n": one line, whatever the text is.
std::string FormatLine(absl::Time time, absl::LogSeverity severity, std::string_view text);

}  // namespace koeru::server
