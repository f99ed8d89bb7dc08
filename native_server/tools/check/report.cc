#include "native_server/tools/check/report.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/bytes/escape.h"

namespace koeru::tools {
namespace {

constexpr size_t kColumns = 100;

std::string_view ColourOf(Level level) {
  switch (level) {
    case Level::kOk:
      return "\x1b[32m";
    case Level::kNote:
      return "\x1b[36m";
    case Level::kWarn:
      return "\x1b[33m";
    case Level::kFail:
      break;
  }
  return "\x1b[1;31m";
}

std::string LevelText(Level level, bool colour) {
  const std::string name(LevelName(level));
  const std::string padding(6 - name.size(), ' ');
  return colour ? absl::StrCat(ColourOf(level), name, "\x1b[0m", padding)
                : absl::StrCat(name, padding);
}

// Breaks between words; lines behind the first are indented by as much as the first has in front.
std::string Wrap(std::string_view text, size_t indent) {
  std::string wrapped;
  size_t column = indent;
  while (!text.empty()) {
    const size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (column > indent && column + 1 + word.size() > kColumns) {
      absl::StrAppend(&wrapped, "\n", std::string(indent, ' '));
      column = indent;
    } else if (column > indent) {
      wrapped += ' ';
      ++column;
    }
    absl::StrAppend(&wrapped, word);
    column += word.size();
  }
  return wrapped;
}

std::string Pad(std::string_view text, size_t width) {
  return absl::StrCat(text, std::string(text.size() < width ? width - text.size() : 1, ' '));
}

}  // namespace

std::string LookupLines(const std::vector<server::Lookup>& lookups) {
  std::string lines;
  for (const server::Lookup& lookup : lookups) {
    const std::string answer = !lookup.error.empty()    ? lookup.error
                               : lookup.answers.empty() ? "none"
                                                        : absl::StrJoin(lookup.answers, ", ");
    const std::string head = absl::StrCat("  dns   ", Escape(lookup.name), " ", lookup.type, ": ");
    absl::StrAppend(&lines, head, Wrap(answer, std::min(head.size(), size_t{40})), "\n");
  }
  return lines;
}

std::string FindingLines(const Findings& findings, bool colour) {
  constexpr size_t kIndent = 2 + 6 + 13;
  std::string lines;
  for (const Finding& finding : findings) {
    absl::StrAppend(&lines, "  ", LevelText(finding.level, colour), Pad(finding.topic, 13),
                    Wrap(finding.text, kIndent), "\n");
    if (finding.remedy.empty()) continue;
    absl::StrAppend(&lines, std::string(kIndent, ' '), "-> ", Wrap(finding.remedy, kIndent + 3),
                    "\n");
  }
  return lines;
}

std::string TargetLines(const JudgedTarget& target, bool colour) {
  const CheckTarget& at = target.facts.target;
  return absl::StrCat("\n", Escape(at.uri), " over ", server::TransportName(at.at.transport), ": ",
                      at.at.endpoint.ToString(), "\n", FindingLines(target.findings, colour));
}

std::string VerdictLines(const Verdict& verdict, bool colour) {
  std::string lines = absl::StrCat("\nVerdict: ", verdict.summary, "\n");
  size_t number = 0;
  for (const Problem& problem : verdict.problems) {
    absl::StrAppend(&lines, "  ", ++number, ". ", LevelText(problem.level, colour),
                    Wrap(absl::StrCat(Escape(problem.where), ": ", problem.text), 11), "\n");
    if (problem.remedy.empty()) continue;
    absl::StrAppend(&lines, std::string(11, ' '), "-> ", Wrap(problem.remedy, 14), "\n");
  }
  return lines;
}

}  // namespace koeru::tools
