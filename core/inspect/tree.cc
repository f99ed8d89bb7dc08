#include "core/inspect/tree.h"

#include <algorithm>
#include <utility>

#include "core/bytes/hex.h"

namespace koeru::inspect {

Node::Node() = default;
Node::Node(std::string_view label_text, size_t at, size_t byte_count, std::string value_text,
           std::string_view section_text)
    : label(label_text),
      offset(at),
      size(byte_count),
      value(std::move(value_text)),
      section(section_text) {}
Node::Node(const Node&) = default;
Node::Node(Node&&) noexcept = default;
Node& Node::operator=(const Node&) = default;
Node& Node::operator=(Node&&) noexcept = default;
Node::~Node() = default;

Node& Node::Add(Node child) { return children.emplace_back(std::move(child)); }

void Node::Say(Severity severity, std::string_view text, std::string_view section_text) {
  remarks.push_back({severity, std::string(text), section_text});
}

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
