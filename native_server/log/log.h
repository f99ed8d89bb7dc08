#pragma once

// The log of the server. Lines are written with absl's LOG(INFO), LOG(WARNING), LOG(ERROR), and
// LOG_EVERY_N_SEC where strangers can cause them; this folder is where they go.
//
//   LogOptions options;
//   options.file = "/var/log/koeru.log";
//   absl::StatusOr<std::unique_ptr<Log>> log = Log::Start(options);
//   LOG(INFO) << "listening on " << endpoint;
//   (*log)->Reopen();                       // SIGHUP, after somebody moved the file
//
// What machines read, too, has fields: Log::Write(severity, "allocation ended", {{"reason", ...}}).
//
// Who logs never waits for a disk or a terminal: lines go into a bounded queue and a thread of its
// own writes them. When the queue is full, lines are lost, and a line says how many.
//
// Text from outside goes through Escape() of core/bytes/escape.h first; end of line and control
// characters are escaped here once more, so that one entry is one line in any case. Addresses of
// clients and user names appear at debug level only: KOERU_LOG_DEBUG.

#include <memory>
#include <optional>
#include <string>

#include "absl/log/log.h"
#include "absl/status/statusor.h"
#include "native_server/log/log_line.h"

namespace koeru::server {

struct LogOptions {
  std::string file;  // empty: none
  bool to_stdout = true;
  std::optional<int> syslog{};  // a facility of syslog(3); none: not there
  // The least severe that goes to standard output; the file gets everything.
  absl::LogSeverity stdout_min = absl::LogSeverity::kInfo;
  absl::LogSeverity min = absl::LogSeverity::kInfo;
  bool debug = false;  // KOERU_LOG_DEBUG is written, too
  LogFormat format = LogFormat::kText;
  // The file is renamed to file.1 when it has grown to this, and a new one is started; 0: never.
  size_t rotate_bytes = 100u << 20;
  // Lines waiting to be written; 4096 lines of at most 1 KB are 4 MB.
  size_t queue_lines = 4096;
};

class LogWriter;

class Log {
 public:
  static absl::StatusOr<std::unique_ptr<Log>> Start(const LogOptions& options);
  // Writes what is queued and stops.
  ~Log();

  // Opens the file anew; the thread does it before its next line.
  void Reopen();
  // Waits until all lines so far are written.
  void Flush();

  // Which lines are written from now on.
  void SetLevel(absl::LogSeverity min, bool debug);

  // A line with fields, through the log that runs; none without one.
  static void Write(absl::LogSeverity severity, std::string_view text,
                    std::span<const LogField> fields);

  // Whether KOERU_LOG_DEBUG lines are written.
  static bool debug();

 private:
  explicit Log(std::unique_ptr<LogWriter> writer);
  std::unique_ptr<LogWriter> writer_;
};

}  // namespace koeru::server

// A line at debug level, the only one at which addresses of clients and names of users may stand.
#define KOERU_LOG_DEBUG LOG_IF(INFO, ::koeru::server::Log::debug()) << "debug: "
