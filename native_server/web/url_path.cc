#include "native_server/web/url_path.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/match.h"

namespace koeru::server::web {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 3986 §2.1. Nothing where an escape is broken, or hides a delimiter of the path.
std::optional<std::string> Decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = HexDigit(text[i + 1]);
    const int low = HexDigit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    const char c = static_cast<char>(high * 16 + low);
    if (c == '/') return std::nullopt;
    out.push_back(c);
    i += 2;
  }
  return out;
}

bool HasControlOrBackslash(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '\\'; });
}

TargetProblem CheckSegments(std::string_view path) {
  path.remove_prefix(1);
  while (true) {
    const size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    const bool last = slash == std::string_view::npos;
    if (segment == "." || segment == "..") return TargetProblem::kMalformed;
    if (segment.empty() && !last) return TargetProblem::kNotFound;
    if (segment.starts_with('.')) return TargetProblem::kNotFound;
    if (last) return TargetProblem::kNone;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

Target ParseTarget(std::string_view target) {
  // RFC 9112 §3.2.2: absolute-form; the Host header says the same and is what is used.
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!absl::StartsWithIgnoreCase(target, scheme)) continue;
    target.remove_prefix(scheme.size());
    const size_t slash = target.find_first_of("/?");
    if (slash == std::string_view::npos || target[slash] != '/')
      return {"/", "", TargetProblem::kNone};
    target.remove_prefix(slash);
  }
  Target result;
  const size_t question = target.find('?');
  if (question != std::string_view::npos) {
    result.query = target.substr(question + 1);
    target = target.substr(0, question);
  }
  std::optional<std::string> path = Decode(target);
  if (!path || !path->starts_with('/') || target.find('#') != std::string_view::npos ||
      HasControlOrBackslash(*path) || !IsUtf8(*path)) {
    result.problem = TargetProblem::kMalformed;
    return result;
  }
  result.path = *std::move(path);
  result.problem = CheckSegments(result.path);
  return result;
}

// RFC 3629 §4: no overlong forms, no surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<uint8_t>(text[i++]);
    if (lead < 0x80) continue;
    size_t more = 0;
    uint32_t least = 0;
    uint32_t value = 0;
    if ((lead & 0xE0) == 0xC0) {
      more = 1, least = 0x80, value = lead & 0x1F;
    } else if ((lead & 0xF0) == 0xE0) {
      more = 2, least = 0x800, value = lead & 0x0F;
    } else if ((lead & 0xF8) == 0xF0) {
      more = 3, least = 0x10000, value = lead & 0x07;
    } else {
      return false;
    }
    for (; more > 0; --more) {
      if (i == text.size() || (static_cast<uint8_t>(text[i]) & 0xC0) != 0x80) return false;
      value = (value << 6) | (static_cast<uint8_t>(text[i++]) & 0x3F);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
  }
  return true;
}

}  // namespace koeru::server::web
