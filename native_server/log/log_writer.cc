#include "native_server/log/log_writer.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace koeru::server {
namespace {

// A line is cut here.
constexpr size_t kMaxText = 1000;

std::string_view SeverityName(absl::LogSeverity severity) {
  switch (severity) {
    case absl::LogSeverity::kInfo: return "info";
    case absl::LogSeverity::kWarning: return "warning";
    case absl::LogSeverity::kError: return "error";
    case absl::LogSeverity::kFatal: return "fatal";
  }
  return "info";
}

}  // namespace

std::string FormatLine(absl::Time time, absl::LogSeverity severity, std::string_view text) {
  std::string line =
      absl::StrCat(absl::FormatTime("%Y-%m-%d%ET%H:%M:%E3SZ", time, absl::UTCTimeZone()), " ",
                   SeverityName(severity), ": ");
  for (const char c : text.substr(0, kMaxText)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      absl::StrAppend(&line, "\\x", absl::Hex(byte, absl::kZeroPad2));
    } else {
      line += c;
    }
  }
  if (text.size() > kMaxText) line += "...";
  return line + "\n";
}

LogWriter::LogWriter(const LogOptions& options, std::optional<LogFile> file)
    : options_(options), file_(std::move(file)), thread_([this] { Run(); }) {}

LogWriter::~LogWriter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void LogWriter::Send(const absl::LogEntry& entry) {
  if (entry.log_severity() < options_.min) return;
  Line line{FormatLine(entry.timestamp(), entry.log_severity(), entry.text_message()),
            options_.to_stdout && entry.log_severity() >= options_.stdout_min};
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
      lines.push_back({FormatLine(absl::Now(), absl::LogSeverity::kWarning,
                                  absl::StrCat(lost, " lines of log were lost: too many at once")),
                       options_.to_stdout});
    }
    writing_ = true;
    lock.unlock();
    if (reopen && file_) file_->Reopen();
    Write(lines);
    lock.lock();
    writing_ = false;
    idle_.notify_all();
  }
}

void LogWriter::Write(const std::deque<Line>& lines) {
  std::string to_file, to_stdout;
  for (const Line& line : lines) {
    if (file_) to_file += line.text;
    if (line.to_stdout) to_stdout += line.text;
  }
  if (file_ && !to_file.empty()) file_->Write(to_file);
  if (!to_stdout.empty()) WriteAll(STDOUT_FILENO, to_stdout);
}

}  // namespace koeru::server
