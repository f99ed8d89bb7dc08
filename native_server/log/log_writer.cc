#include "native_server/log/log_writer.h"

#include <syslog.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

int PriorityOf(absl::LogSeverity severity) {
  switch (severity) {
    case absl::LogSeverity::kInfo:
      return LOG_INFO;
    case absl::LogSeverity::kWarning:
      return LOG_WARNING;
    case absl::LogSeverity::kError:
    case absl::LogSeverity::kFatal:
      break;
  }
  return LOG_ERR;
}

}  // namespace

LogWriter::LogWriter(const LogOptions& options, std::optional<LogFile> file)
    : options_(options), min_(options.min), file_(std::move(file)), thread_([this] { Run(); }) {}

LogWriter::~LogWriter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void LogWriter::Send(const absl::LogEntry& entry) {
  Write(entry.timestamp(), entry.log_severity(), entry.text_message(), {});
}

void LogWriter::Write(absl::Time time, absl::LogSeverity severity, std::string_view text,
                      std::span<const LogField> fields) {
  if (severity < min_.load(std::memory_order_relaxed)) return;
  Line line{FormatLine(options_.format, time, severity, text, fields),
            options_.to_stdout && severity >= options_.stdout_min, severity};
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= options_.queue_lines) {
      ++lost_;
      return;
    }
    queue_.push_back(std::move(line));
  }
  wake_.notify_one();
}

void LogWriter::Flush() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return queue_.empty() && !writing_; });
}

void LogWriter::Reopen() {
  {
    const std::lock_guard lock(mutex_);
    reopen_ = true;
  }
  wake_.notify_one();
}

void LogWriter::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || reopen_ || !queue_.empty(); });
    if (stop_ && queue_.empty()) return;
    std::deque<Line> lines;
    lines.swap(queue_);
    const bool reopen = std::exchange(reopen_, false);
    if (const size_t lost = std::exchange(lost_, 0); lost > 0) {
      lines.push_back({FormatLine(options_.format, absl::Now(), absl::LogSeverity::kWarning,
                                  absl::StrCat(lost, " lines of log were lost: too many at once")),
                       options_.to_stdout, absl::LogSeverity::kWarning});
    }
    writing_ = true;
    lock.unlock();
    if (reopen && file_) file_->Reopen();
    WriteOut(lines);
    lock.lock();
    writing_ = false;
    idle_.notify_all();
  }
}

void LogWriter::WriteOut(const std::deque<Line>& lines) {
  std::string to_file, to_stdout;
  for (const Line& line : lines) {
    if (file_) to_file += line.text;
    if (line.to_stdout) to_stdout += line.text;
    if (options_.syslog)
      ::syslog(*options_.syslog | PriorityOf(line.severity), "%.*s",
               static_cast<int>(line.text.size()) - 1, line.text.data());  // no end of line
  }
  if (file_ && !to_file.empty()) file_->Write(to_file);
  if (!to_stdout.empty()) WriteAll(STDOUT_FILENO, to_stdout);
}

}  // namespace koeru::server
