#pragma once

// A line of the log as text, in the two forms it can have (log-format).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "absl/base/log_severity.h"
#include "absl/time/time.h"

namespace koeru::server {

enum class LogFormat : uint8_t { kText, kJson };

// One named value of a structured line. Text may come from strangers: it is escaped here.
struct LogField {
  std::string_view name;  // our own word: letters, digits and '_'
  std::variant<std::string_view, uint64_t, double> value;
};

// "2026-11-22T15:49:40.123Z warning: text name=value name=\"two words\"\n", or
// {"time":"...","severity":"warning","message":"text","name":"value"}\n: one line, whatever the
// text is. Long text is cut.
std::string FormatLine(LogFormat format, absl::Time time, absl::LogSeverity severity,
                       std::string_view text, std::span<const LogField> fields = {});

}  // namespace koeru::server
