#include "native_server/web/http_conditions.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace koeru::server::web {
namespace {

// RFC 9110 §12.4.2: "q=0", "q=0.0", "q=0.000".
bool IsZeroWeight(std::string_view parameter) {
  parameter = absl::StripAsciiWhitespace(parameter);
  if (!absl::StartsWithIgnoreCase(parameter, "q=0")) return false;
  return parameter.substr(3).find_first_not_of(".0") == std::string_view::npos;
}

std::optional<uint64_t> ParseNumber(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

bool AcceptsEncoding(std::string_view header, std::string_view coding) {
  bool star = false;
  for (const std::string_view item : absl::StrSplit(header, ',')) {
    const std::pair<std::string_view, std::string_view> parts =
        absl::StrSplit(item, absl::MaxSplits(';', 1));
    const std::string_view name = absl::StripAsciiWhitespace(parts.first);
    const bool allowed = !IsZeroWeight(parts.second);
    if (absl::EqualsIgnoreCase(name, coding)) return allowed;
    if (name == "*") star = allowed;
  }
  return star;
}

bool MatchesAnyTag(std::string_view header, std::string_view etag) {
  for (std::string_view item : absl::StrSplit(header, ',')) {
    item = absl::StripAsciiWhitespace(item);
    if (item == "*") return true;
    absl::ConsumePrefix(&item, "W/");
    if (item == etag) return true;
  }
  return false;
}

RangeResult ParseRange(std::string_view header, uint64_t size) {
  if (!absl::ConsumePrefix(&header, "bytes=")) return {};
  header = absl::StripAsciiWhitespace(header);
  const size_t dash = header.find('-');
  if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return {};
  const std::optional<uint64_t> first = ParseNumber(header.substr(0, dash));
  const std::optional<uint64_t> last = ParseNumber(header.substr(dash + 1));
  if (dash == 0) {  // "-500": the last 500 bytes
    if (!last) return {};
    if (*last == 0 || size == 0) return {RangeKind::kUnsatisfiable, {}};
    const uint64_t length = std::min(*last, size);
    return {RangeKind::kSatisfiable, {size - length, length}};
  }
  const bool open = dash + 1 == header.size();  // "500-": from byte 500 on
  if (!first || (!last && !open) || (last && *last < *first)) return {};
  if (*first >= size) return {RangeKind::kUnsatisfiable, {}};
  const uint64_t end = open ? size - 1 : std::min(*last, size - 1);
  return {RangeKind::kSatisfiable, {*first, end - *first + 1}};
}

}  // namespace koeru::server::web
