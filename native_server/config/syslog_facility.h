#pragma once

// The names of syslog's facilities (RFC 5424 section 6.2.1) and their numbers in syslog(3).

#include <syslog.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace koeru::server {

inline std::optional<int> SyslogFacility(std::string_view name) {
  struct Row {
    std::string_view name;
    int facility;
  };
  static constexpr std::array<Row, 19> kRows = {{
      {"kern", LOG_KERN},     {"user", LOG_USER},     {"mail", LOG_MAIL},
      {"daemon", LOG_DAEMON}, {"auth", LOG_AUTH},     {"authpriv", LOG_AUTHPRIV},
      {"syslog", LOG_SYSLOG}, {"lpr", LOG_LPR},       {"news", LOG_NEWS},
      {"uucp", LOG_UUCP},     {"cron", LOG_CRON},     {"local0", LOG_LOCAL0},
      {"local1", LOG_LOCAL1}, {"local2", LOG_LOCAL2}, {"local3", LOG_LOCAL3},
      {"local4", LOG_LOCAL4}, {"local5", LOG_LOCAL5}, {"local6", LOG_LOCAL6},
      {"local7", LOG_LOCAL7},
  }};
  const auto found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.name == name; });
  return found == kRows.end() ? std::nullopt : std::optional(found->facility);
}

}  // namespace koeru::server
