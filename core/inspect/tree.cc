#include "core/inspect/tree.h"

#include <algorithm>

#include "core/bytes/hex.h"

namespace koeru::inspect {

std::string_view SeverityName(Severity severity) {
  constexpr std::string_view kNames[] = {"note", "warning", "error"};
  return kNames[static_cast<size_t>(severity)];
}

void AddError(Node& node, const ParseError& error, size_t base) {
  std::string text(error.reason);
  text += " (at byte ";
  text += std::to_string(base + error.offset);
  text += ")";
  node.Say(Severity::kError, text);
}

bool HasRemark(const Node& node, Severity severity) {
  const auto matches = [severity](const Remark& remark) { return remark.severity == severity; };
  return std::any_of(node.remarks.begin(), node.remarks.end(), matches) ||
         std::any_of(node.children.begin(), node.children.end(),
                     [severity](const Node& child) { return HasRemark(child, severity); });
}

std::string HexPreview(Bytes bytes, size_t at_most) {
  std::string text = ToHex(bytes.first(std::min(bytes.size(), at_most)));
  if (bytes.size() > at_most) {
    text += "... (";
    text += std::to_string(bytes.size());
    text += " bytes)";
  }
  return text;
}

}  // namespace koeru::inspect
