#include "core/sdp/diff/session_defaults.h"

#include <algorithm>

namespace koeru::sdp {
namespace {

constexpr std::string_view kInherited[] = {"fingerprint", "setup", "tls-id", "ice-options", "c="};

}  // namespace

SessionDefaults::SessionDefaults(const Document& document)
    : direction(FindDirection(document, 0)),
      ice_ufrag(document.FindAttribute(0, "ice-ufrag")),
      ice_pwd(document.FindAttribute(0, "ice-pwd")) {
  const Section& session = document.sections()[0];
  for (size_t i = session.first_line; i < session.end_line && lines.size() < kMaxLines; ++i) {
    if (!InheritedName(document.lines()[i]).empty()) lines.push_back(i);
  }
}

std::string_view InheritedName(const Line& line) {
  const auto attribute = line.attribute();
  const std::string_view name = attribute ? attribute->name : line.text().substr(0, 2);
  const auto at = std::find(std::begin(kInherited), std::end(kInherited), name);
  return at == std::end(kInherited) ? std::string_view() : *at;
}

std::optional<size_t> FindDirection(const Document& document, size_t section) {
  const Section& where = document.sections()[section];
  for (size_t i = where.first_line; i < where.end_line; ++i) {
    const std::string_view text = document.lines()[i].text();
    if (text == "a=sendrecv" || text == "a=sendonly" || text == "a=recvonly" ||
        text == "a=inactive") {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace koeru::sdp
