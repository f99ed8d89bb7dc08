// RFC 8866 section 5.13: at which level attributes may stand and how often, by the registry.

#include <algorithm>

#include "core/sdp/attributes/mid.h"
#include "core/sdp/attributes/simulcast.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

void CheckPlace(Context& context, const SectionView& section, size_t at, const Row& row) {
  const auto name = row.name;
  const Level level = section.is_session() ? Level::kSession : Level::kMedia;
  if (!Includes(row.level, level)) {
    context.report.Add(RuleId::kAttributeLevel, at,
                       {name, std::string_view(section.is_session() ? "session" : "media section")},
                       2, row.rfc);
    return;
  }
  if (row.count != Count::kOnce || section.First(row) == at) return;
  // These two have rules of their own.
  if (row.name == Mid::kName || row.name == Simulcast::kName) return;
  context.report.Add(RuleId::kAttributeTwice, at, {name}, 2, row.rfc);
}

// The attribute that has this name in another case; nullptr when there is none.
const Row* FindInAnyCase(std::string_view name) {
  constexpr size_t kLongestName = 24;
  if (name.size() > kLongestName) return nullptr;
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), ice::ToLower);
  const Row* row = FindRow(lower);
  return row != nullptr && !row->is_line_type() ? row : nullptr;
}

}  // namespace

void CheckAttributePlaces(Context& context, const SectionView& section) {
  for (size_t i = 0; i < section.lines().size(); ++i) {
    const std::optional<Attribute> attribute = section.lines()[i].attribute();
    if (!attribute) continue;
    const size_t at = section.first_line() + i;
    if (const Row* row = section.row(i)) {
      CheckPlace(context, section, at, *row);
    } else if (const Row* meant = FindInAnyCase(attribute->name)) {
      context.report.Add(RuleId::kAttributeCase, at, {attribute->name, meant->name}, 2);
    }
  }
}

}  // namespace koeru::sdp
