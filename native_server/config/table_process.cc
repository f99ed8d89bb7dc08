// Options: log and process.

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"
#include "native_server/config/syslog_facility.h"

namespace koeru::server {
namespace {

using O = ServerOptions;

absl::Status SetLogLevel(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseLogLevel(value);
  if (parsed.ok()) options.log_min_level = *parsed;
  return parsed.status();
}

absl::Status SetLogFormat(ServerOptions& options, std::string_view value, std::string_view) {
  if (value != "text" && value != "json") {
    return absl::InvalidArgumentError(Quoted(value) + " is no format: write text or json");
  }
  options.log_as_json = value == "json";
  return absl::OkStatus();
}

absl::Status SetFacility(ServerOptions& options, std::string_view value, std::string_view) {
  const std::string lower = absl::AsciiStrToLower(absl::StripPrefix(value, "LOG_"));
  if (!SyslogFacility(lower)) {
    return absl::InvalidArgumentError(Quoted(value) +
                                      " is no facility: write daemon or local0, for instance");
  }
  options.syslog_facility = lower;
  return absl::OkStatus();
}

constexpr Group kL = Group::kLog;
constexpr Group kP = Group::kProcess;

constexpr auto kRows = std::to_array<Option>({
    Value("log-file", Kind::kFile, kL, "stdout",
          "file to write to besides standard output; stdout or - for the latter only",
          SetText<&O::log_file>, 'l'),
    Flag("no-stdout-log", kL, "do not write to standard output", SetFlag<&O::no_stdout_log>),
    Flag("simple-log", kL, "never start a new log file; otherwise at 100 MB the old one becomes .1",
         SetFlag<&O::simple_log>),
    Value("log-format", Kind::kText, kL, "text", "text, or json: one object for each line",
          SetLogFormat),
    Live(Value("log-min-level", Kind::kText, kL, "info", "debug, info, warning or error",
               SetLogLevel)),
    Live(Flag("verbose", kL, "log allocations and refusals, without addresses",
              SetFlag<&O::verbose>, 'v')),
    Live(Flag("Verbose", kL, "as verbose, with addresses and user names",
              SetFlag<&O::extra_verbose>, 'V')),
    Flag("syslog", kL, "write to the system's log, too; log-file=syslog does the same",
         SetFlag<&O::syslog>),
    Value("syslog-facility", Kind::kText, kL, "daemon",
          "kern, user, mail, daemon, auth, authpriv, syslog, lpr, news, uucp, cron or local0 to "
          "local7",
          SetFacility),
    NoEffect("new-log-timestamp", Kind::kFlag, kL, "times are always ISO 8601"),
    NoEffect("new-log-timestamp-format", Kind::kText, kL, "times are always ISO 8601"),
    NoEffect("log-binding", Kind::kFlag, kL,
             "Binding requests are counted (koeru_binding_requests_total), not logged"),

    Value("pidfile", Kind::kFile, kP, "", "file to write the process number to; empty for none",
          SetTextOrNone<&O::pidfile>),
    Live(Value("drain-timeout", Kind::kSeconds, kP, "0",
               "SIGUSR1 ends the server when the last allocation has ended, or after this time; 0 "
               "waits for ever",
               SetNumber<&O::drain_timeout_s, 0, 86400 * 7>)),
    Live(Value("drain-min-allocations", Kind::kNumber, kP, "0",
               "so few allocations are not waited for after SIGUSR1",
               SetNumber<&O::drain_min_allocations, 0, 1u << 20>)),
    Value("proc-user", Kind::kText, kP, "", "user to become when all ports are open",
          SetText<&O::proc_user>),
    Value("proc-group", Kind::kText, kP, "", "group to become when all ports are open",
          SetText<&O::proc_group>),
    Flag("daemon", kP,
         "go into the background when the server is ready; the status of the command says whether "
         "it "
         "came to that",
         SetFlag<&O::daemon>, 'o'),
});

}  // namespace

std::span<const Option> ProcessOptions() { return kRows; }

}  // namespace koeru::server
