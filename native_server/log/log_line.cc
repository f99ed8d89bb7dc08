#include "native_server/log/log_line.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/bytes/escape.h"

namespace koeru::server {
namespace {

constexpr size_t kMaxText = 1000;  // a line is cut here
constexpr size_t kMaxField = 763;  // RFC 8489 section 14.3: a USERNAME has fewer bytes than that

std::string_view SeverityName(absl::LogSeverity severity) {
  switch (severity) {
    case absl::LogSeverity::kInfo:
      return "info";
    case absl::LogSeverity::kWarning:
      return "warning";
    case absl::LogSeverity::kError:
      return "error";
    case absl::LogSeverity::kFatal:
      return "fatal";
  }
  return "info";
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d%ET%H:%M:%E3SZ", time, absl::UTCTimeZone());
}

std::string Cut(std::string_view text, size_t max) {
  return text.size() > max ? absl::StrCat(text.substr(0, max), "...") : std::string(text);
}

// Escape() leaves quotes and its own backslashes, which are all that JSON (RFC 8259 section 7) and
// our quoted values want escaped besides.
std::string InQuotes(std::string_view text) {
  return absl::StrCat("\"", absl::StrReplaceAll(Escape(text), {{"\\", "\\\\"}, {"\"", "\\\""}}),
                      "\"");
}

bool NeedsQuotes(std::string_view text) {
  return text.empty() || text.find_first_of(" \"=\\") != std::string_view::npos ||
         Escape(text) != text;
}

std::string ValueText(const LogField& field, LogFormat format) {
  if (const auto* number = std::get_if<uint64_t>(&field.value)) return absl::StrCat(*number);
  if (const auto* real = std::get_if<double>(&field.value)) return absl::StrCat(*real);
  const std::string text = Cut(std::get<std::string_view>(field.value), kMaxField);
  return format == LogFormat::kJson || NeedsQuotes(text) ? InQuotes(text) : text;
}

// Valid UTF-8 and the backslash stay: text of our own has been escaped already where it must be.
std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      absl::StrAppend(&line, "\\x", absl::Hex(byte, absl::kZeroPad2));
    } else {
      line += c;
    }
  }
  return line;
}

}  // namespace

std::string FormatLine(LogFormat format, absl::Time time, absl::LogSeverity severity,
                       std::string_view text, std::span<const LogField> fields) {
  std::string line;
  if (format == LogFormat::kJson) {
    line = absl::StrCat("{\"time\":\"", TimeText(time), "\",\"severity\":\"",
                        SeverityName(severity), "\",\"message\":", InQuotes(Cut(text, kMaxText)));
    for (const LogField& field : fields) {
      absl::StrAppend(&line, ",\"", field.name, "\":", ValueText(field, format));
    }
    return line + "}\n";
  }
  line =
      absl::StrCat(TimeText(time), " ", SeverityName(severity), ": ", OneLine(Cut(text, kMaxText)));
  for (const LogField& field : fields) {
    absl::StrAppend(&line, " ", field.name, "=", ValueText(field, format));
  }
  return line + "\n";
}

}  // namespace koeru::server
