#include "core/sdp/diff/diff.h"

#include <algorithm>

#include "core/sdp/diff/media_diff.h"
#include "core/sdp/diff/section_match.h"
#include "core/sdp/diff/session_diff.h"
#include "core/sdp/edit/section_edit.h"
#include "core/sdp/media_line.h"

namespace koeru::sdp {
namespace {

// "video section \"1\""
std::string SectionText(const Document& document, size_t section) {
  const Line& line = document.LinesOf(document.sections()[section]).front();
  const auto media = MediaLine::Parse(line.text());
  std::string text = "section " + Quoted(media ? media->media : Trimmed(line.value()));
  if (const auto mid = MidOf(document, section)) text += " with mid " + Quoted(*mid);
  return text;
}

void TellUnmatched(const Document& document, size_t section, bool is_new, DiffReport& report) {
  const size_t line = document.sections()[section].first_line;
  report.Add(0, is_new ? "media-added" : "media-removed",
             "The " + SectionText(document, section) + (is_new ? " was added." : " was removed."),
             is_new ? std::nullopt : std::optional(line),
             is_new ? std::optional(line) : std::nullopt);
}

}  // namespace

std::vector<Difference> Diff(const Document& before, const Document& after) {
  DiffReport report;
  const SessionDefaults defaults_before(before);
  const SessionDefaults defaults_after(after);
  CompareSession(before, defaults_before, after, defaults_after, report);
  size_t last_before = 0;
  for (const SectionMatch& match : MatchSections(before, after)) {
    report.BeginSection(match.after.value_or(match.before.value_or(0)), match.after.has_value());
    if (!match.before) {
      TellUnmatched(after, *match.after, true, report);
    } else if (!match.after) {
      TellUnmatched(before, *match.before, false, report);
    } else {
      // RFC 3264 section 8: the order of m= lines does not change.
      if (*match.before < last_before) {
        report.Add(0, "media-moved", "The " + SectionText(after, *match.after) + " was moved.",
                   before.sections()[*match.before].first_line,
                   after.sections()[*match.after].first_line);
      }
      last_before = std::max(last_before, *match.before);
      CompareMedia({before, defaults_before, *match.before}, {after, defaults_after, *match.after},
                   report);
    }
  }
  return report.Take();
}

}  // namespace koeru::sdp
