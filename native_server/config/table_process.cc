// Options: log and process.

#include <array>

#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"

namespace koeru::server {
namespace {

using O = ServerOptions;

absl::Status SetLogLevel(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseLogLevel(value);
  if (parsed.ok()) options.log_min_level = *parsed;
  return parsed.status();
}

constexpr Group kL = Group::kLog;
constexpr Group kP = Group::kProcess;

constexpr std::string_view kNoSyslog =
    "write to standard output and let journald collect it; leave it out";

constexpr auto kRows = std::to_array<Option>({
    Value("log-file", Kind::kFile, kL, "stdout",
          "file to write to besides standard output; stdout or - for the latter only",
          SetText<&O::log_file>, 'l'),
    Flag("no-stdout-log", kL, "do not write to standard output", SetFlag<&O::no_stdout_log>),
    Flag("simple-log", kL, "never start a new log file; otherwise at 100 MB the old one becomes .1",
         SetFlag<&O::simple_log>),
    Value("log-min-level", Kind::kText, kL, "info", "debug, info, warning or error",
          SetLogLevel),
    Flag("verbose", kL, "log allocations and refusals, without addresses", SetFlag<&O::verbose>,
         'v'),
    Flag("Verbose", kL, "as verbose, with addresses and user names",
         SetFlag<&O::extra_verbose>, 'V'),
    NotYet("syslog", Kind::kFlag, kL, kNoSyslog),
    NotYet("syslog-facility", Kind::kText, kL, kNoSyslog),
    NoEffect("new-log-timestamp", Kind::kFlag, kL, "times are always ISO 8601"),
    NotYet("new-log-timestamp-format", Kind::kText, kL, "times are always ISO 8601; leave it out"),
    NotYet("log-binding", Kind::kFlag, kL, "Binding requests are counted, not logged"),

    Value("pidfile", Kind::kFile, kP, "", "file to write the process number to",
          SetText<&O::pidfile>),
    Value("proc-user", Kind::kText, kP, "", "user to become when all ports are open",
          SetText<&O::proc_user>),
    Value("proc-group", Kind::kText, kP, "", "group to become when all ports are open",
          SetText<&O::proc_group>),
    NotYet("daemon", Kind::kFlag, kP, "start it from systemd, or with & in a shell", 'o'),
});

}  // namespace

std::span<const Option> ProcessOptions() { return kRows; }

}  // namespace koeru::server
