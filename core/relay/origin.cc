#include "core/relay/origin.h"

#include <algorithm>

namespace koeru::relay {
namespace {

char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ToLower);
  return lower;
}

std::string_view PortOf(std::string_view scheme) {
  if (scheme == "http") return "80";
  if (scheme == "https") return "443";
  if (scheme == "ftp") return "21";
  return {};
}

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string CanonicalOrigin(std::string_view origin) {
  constexpr std::string_view kMark = "://";
  const size_t mark = origin.find(kMark);
  if (mark == 0 || mark == std::string_view::npos) return std::string(origin);
  const std::string scheme = Lower(origin.substr(0, mark));
  std::string_view host = origin.substr(mark + kMark.size());
  host = host.substr(0, host.find_first_of("/?#"));
  host = host.substr(host.rfind('@') + 1);  // 0 when there is none
  std::string_view port = PortOf(scheme);
  // An IPv6 address has colons in its brackets.
  const size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    const std::string_view given = host.substr(colon + 1);
    if (!given.empty() && !IsNumber(given)) return std::string(origin);
    if (!given.empty()) port = given;
    host = host.substr(0, colon);
  }
  if (host.empty()) return std::string(origin);
  std::string canonical = scheme + std::string(kMark) + Lower(host);
  if (!port.empty()) canonical += ":" + std::string(port);
  return canonical;
}

}  // namespace koeru::relay
