#include "native_server/config/effective.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "native_server/config/option_table.h"
#include "native_server/config/parse_value.h"

namespace koeru::server {
namespace {

struct Line {
  std::string_view name;
  std::string value;
  std::string origin;
};

std::string Shown(const Option& option, const RawOption& raw) {
  if (option.kind == Kind::kSecret) return "(not shown)";
  if (option.kind != Kind::kFlag) return absl::CHexEscape(raw.value.value_or(""));
  const auto flag = ParseBoolean(raw.value.value_or(""));
  return flag.ok() && *flag ? "yes" : "no";
}

std::string ShownDefault(const Option& option) {
  if (option.kind == Kind::kFlag) return "no";
  return option.default_text.empty() ? "(none)" : std::string(option.default_text);
}

// All values of a list; of anything else the last one, which counts.
std::vector<Line> LinesOf(const Option& option, const std::vector<RawOption>& written) {
  std::vector<Line> lines;
  for (const RawOption& raw : written) {
    if (raw.name != option.name) continue;
    if (!option.list) lines.clear();
    lines.push_back({option.name, Shown(option, raw), raw.origin});
  }
  if (lines.empty()) lines.push_back({option.name, ShownDefault(option), "default"});
  return lines;
}

void Pad(std::string& text, size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
}

}  // namespace

std::string EffectiveText(const LoadedOptions& loaded) {
  constexpr size_t kValueColumn = 28, kOriginColumn = 64;
  std::string text;
  const Option* previous = nullptr;
  for (const Option& option : OptionTable()) {
    if (option.support != Support::kHere) continue;
    if (previous == nullptr || previous->group != option.group) {
      absl::StrAppend(&text, "\n", GroupTitle(option.group), ":\n");
    }
    previous = &option;
    for (const Line& line : LinesOf(option, loaded.raw)) {
      std::string row = absl::StrCat("  ", line.name, " ");
      Pad(row, kValueColumn);
      absl::StrAppend(&row, line.value, " ");
      Pad(row, kOriginColumn);
      absl::StrAppend(&text, row, line.origin, "\n");
    }
  }
  return text;
}

}  // namespace koeru::server
