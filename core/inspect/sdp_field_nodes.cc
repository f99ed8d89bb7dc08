#include "core/inspect/sdp_field_nodes.h"

#include <utility>

#include "core/bytes/escape.h"

namespace koeru::inspect {

FieldNodes::FieldNodes(std::string_view value, size_t base, size_t& budget)
    : Decoder(value, sdp::Mode::kLenient), value_(value), base_(base), budget_(budget), open_(1) {}

void FieldNodes::Text(Name name, std::string_view& value, const sdp::TextForm& form) {
  Decoder::Text(name, value, form);
  if (!(value.empty() && form.omit_empty)) AddField(name);
}

void FieldNodes::Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) {
  Decoder::Integer(name, value, low, high);
  AddField(name);
}

void FieldNodes::Decimal(Name name, std::string_view& value) {
  Decoder::Decimal(name, value);
  AddField(name);
}

void FieldNodes::Word(Name name, size_t& index, std::string_view words) {
  Decoder::Word(name, index, words);
  AddField(name);
}

void FieldNodes::Flag(Name name, std::string_view word, bool& value) {
  const size_t before = position();
  Decoder::Flag(name, word, value);
  if (ok() && value) AddAt(name, before, position() - before);
}

void FieldNodes::BeginList(Name name, size_t size) {
  Decoder::BeginList(name, size);
  Open(name);
}

void FieldNodes::Open(std::string_view label) {
  open_.emplace_back(label.empty() ? "values" : label, base_ + position(), 0);
}

// A list or an item reaches from its first field to where reading stands. Empty ones are left out.
void FieldNodes::Close() {
  Node node = std::move(open_.back());
  open_.pop_back();
  if (node.children.empty()) return;
  node.offset = node.children.front().offset;
  node.size = node.children.back().offset + node.children.back().size - node.offset;
  node.value = Escape(value_.substr(node.offset - base_, node.size));
  open_.back().Add(std::move(node));
}

void FieldNodes::AddField(Name name) {
  if (ok()) AddAt(name, FieldStart(), position() - FieldStart());
}

void FieldNodes::AddAt(std::string_view label, size_t at, size_t size) {
  if (budget_ == 0) return;
  --budget_;
  // One value alone has no name; nor have items of a list.
  if (label.empty()) label = open_.size() > 1 ? "item" : "value";
  open_.back().Add({label, base_ + at, size, Escape(value_.substr(at, size))});
}

std::vector<Node> FieldNodes::Take() {
  while (open_.size() > 1) Close();
  Node root = std::move(open_.front());
  if (!ok() && position() < value_.size() && budget_ > 0) {
    --budget_;
    const std::string_view rest = value_.substr(position());
    root.Add({"not read", base_ + position(), rest.size(), Escape(rest)});
  }
  return std::move(root.children);
}

}  // namespace koeru::inspect
