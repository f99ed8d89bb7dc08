#include "core/inspect/print_text.h"

namespace koeru::inspect {
namespace {

constexpr size_t kColumn = 6;

void AppendRight(std::string& out, size_t number) {
  const std::string digits = std::to_string(number);
  if (digits.size() < kColumn) out.append(kColumn - digits.size(), ' ');
  out += digits;
}

void Append(std::string& out, const Node& node, size_t depth) {
  AppendRight(out, node.offset);
  AppendRight(out, node.size);
  out.append(2 + 2 * depth, ' ');
  out += node.label;
  if (!node.value.empty()) {
    out += ": ";
    out += node.value;
  }
  if (!node.section.empty()) {
    out += "  [";
    out += node.section;
    out += ']';
  }
  out += '\n';
  for (const Remark& remark : node.remarks) {
    out.append(2 * kColumn + 4 + 2 * depth, ' ');
    out += remark.severity == Severity::kNote ? "- " : "! ";
    out += SeverityName(remark.severity);
    out += ": ";
    out += remark.text;
    if (!remark.section.empty()) {
      out += "  [";
      out += remark.section;
      out += ']';
    }
    out += '\n';
  }
  for (const Node& child : node.children) Append(out, child, depth + 1);
}

}  // namespace

std::string PrintText(const Node& tree) {
  std::string out;
  Append(out, tree, 0);
  return out;
}

}  // namespace koeru::inspect
