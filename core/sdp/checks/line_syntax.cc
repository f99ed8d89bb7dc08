// RFC 8866 sections 5 and 9: what a line is made of, before its value is read.

#include "core/bytes/escape.h"
#include "core/sdp/attributes/session_attributes.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

constexpr size_t kLongLine = 16384;
constexpr std::string_view kLineTypeLetters = "vosiuepcbtrzkam";

// The part from the first byte on that `is_bad` says is bad.
template <typename Function>
std::string_view From(std::string_view text, Function is_bad) {
  const auto at = std::find_if(text.begin(), text.end(), is_bad);
  return text.substr(static_cast<size_t>(at - text.begin()));
}

void CheckBytes(Context& context, size_t line, std::string_view text) {
  const std::string_view control = From(text, [](char c) { return c == '\0' || c == '\r'; });
  if (!control.empty()) context.report.Add(RuleId::kControlCharacter, line, {}, control);
  const std::string_view high = From(text, [](char c) { return (c & 0x80) != 0; });
  if (high.empty()) return;
  if (context.is_webrtc) {
    context.report.Add(RuleId::kNotAscii, line, {}, high);
  } else if (!context.session.Has<Charset>() && !IsValidUtf8(high)) {
    context.report.Add(RuleId::kNotUtf8, line, {}, high);
  }
}

}  // namespace

void CheckLineSyntax(Context& context, const SectionView& section) {
  size_t at = section.first_line();
  for (const Line& line : section.lines()) {
    const std::string_view text = line.text();
    if (text.empty()) {
      context.report.Add(RuleId::kEmptyLine, at);
    } else if (line.type() == 0) {
      context.report.Add(RuleId::kLineWithoutType, at, {text});
    } else if (kLineTypeLetters.find(line.type()) == std::string_view::npos) {
      context.report.Add(RuleId::kUnknownLineType, at, {text.substr(0, 2)});
    }
    CheckBytes(context, at, text);
    if (text.size() > kLongLine) context.report.Add(RuleId::kLongLine, at, {text.size()});
    ++at;
  }
}

void CheckLineEndings(Context& context, const Document& document) {
  const std::span<const Line> lines = document.lines();
  size_t first = lines.size();
  size_t count = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].ending() != LineEnding::kLf) continue;
    if (count++ == 0) first = i;
  }
  if (count > 0) {
    context.report.Add(RuleId::kLineEnding, first, {count - 1}, lines[first].text().size());
  }
  if (!lines.empty() && IsUnended(lines.back().ending())) {
    context.report.Add(RuleId::kLastLineUnended, lines.size() - 1, {}, lines.back().text().size());
  }
}

}  // namespace koeru::sdp
