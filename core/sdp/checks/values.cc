// Every value by its grammar: strictly, and where that fails leniently.

#include "core/sdp/checks/checks.h"
#include "core/sdp/checks/discard_syntax.h"
#include "core/sdp/lines/version.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

// Whether a strict decoder stopped at a space: at one, or behind the one that ends the line.
bool IsAboutSpacing(std::string_view text, size_t offset) {
  if (offset < text.size()) return IsSpace(text[offset]);
  return !text.empty() && IsSpace(text.back());
}

void CheckValue(Context& context, size_t at, const Line& line, const Row& row) {
  const TypedLine typed(line);
  DiscardSyntax discard;
  const auto strict = typed.DecodeInto(discard, Mode::kStrict);
  if (!strict) return;
  const auto name = row.name;
  if (const auto lenient = typed.DecodeInto(discard, Mode::kLenient)) {
    context.report.Add(RuleId::kValue, at, {name, std::string_view(lenient->ToString())},
                       lenient->offset, row.rfc);
  } else if (IsAboutSpacing(line.text(), strict->offset)) {
    context.report.Add(RuleId::kValueSpacing, at, {name}, strict->offset, row.rfc);
  } else {
    context.report.Add(RuleId::kValueForm, at, {name, std::string_view(strict->ToString())},
                       strict->offset, row.rfc);
  }
}

}  // namespace

void CheckValues(Context& context, const SectionView& section) {
  for (size_t i = 0; i < section.lines().size(); ++i) {
    if (const Row* row = section.row(i)) {
      CheckValue(context, section.first_line() + i, section.lines()[i], *row);
    }
  }
  if (!section.is_session()) return;
  section.ForEach<Version>([&](size_t at, const Version& version) {
    if (version.version != 0) {
      context.report.Add(RuleId::kVersionNumber, at, {size_t{version.version}}, 2);
    }
  });
}

}  // namespace koeru::sdp
