#include "core/inspect/sdp_fields.h"

#include <algorithm>

#include "core/ice/candidate.h"
#include "core/inspect/candidate_json.h"
#include "core/sdp/decoder.h"

namespace koeru::inspect {

FieldSyntax::FieldSyntax(std::span<const std::string_view> fields) : Syntax(sdp::Mode::kLenient) {
  for (size_t i = 0; i + 1 < fields.size(); i += 2) fields_.push_back({fields[i], fields[i + 1]});
  // A sort of little code: this is for koeru.wasm.
  const auto by_path = [](const Field& a, const Field& b) { return a.path < b.path; };
  std::make_heap(fields_.begin(), fields_.end(), by_path);
  std::sort_heap(fields_.begin(), fields_.end(), by_path);
}

std::string FieldSyntax::PathOf(Name name) const {
  if (name.empty()) return at_;
  return at_.empty() ? std::string(name) : at_ + "." + std::string(name);
}

FieldSyntax::Field* FieldSyntax::Find(std::string_view path) {
  const auto at = std::lower_bound(fields_.begin(), fields_.end(), path,
                                   [](const Field& f, std::string_view p) { return f.path < p; });
  return at != fields_.end() && at->path == path ? &*at : nullptr;
}

bool FieldSyntax::Has(std::string_view path) const {
  const auto at = std::lower_bound(fields_.begin(), fields_.end(), path,
                                   [](const Field& f, std::string_view p) { return f.path < p; });
  for (auto i = at; i != fields_.end() && i->path.starts_with(path); ++i) {
    if (i->path.size() == path.size() || path.empty()) return true;
    const char next = i->path[path.size()];
    if (next == '.' || next == '[') return true;
  }
  return false;
}

const std::string_view* FieldSyntax::Take(Name name) {
  if (!ok()) return nullptr;
  Field* field = Find(PathOf(name));
  if (field == nullptr) {
    FailAt(name, Has(PathOf(name)) ? "needs one value, and no list or object"
                                   : "is missing: give it a value");
    return nullptr;
  }
  field->used = true;
  return &field->value;
}

void FieldSyntax::Text(Name name, std::string_view& value, const sdp::TextForm& form) {
  if (form.omit_empty && Find(PathOf(name)) == nullptr) {
    value = {};
    return;
  }
  if (const std::string_view* text = Take(name)) value = *text;
}

void FieldSyntax::Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) {
  const std::string_view* text = Take(name);
  if (text == nullptr) return;
  sdp::Decoder decoder(*text, sdp::Mode::kStrict);
  decoder.Integer(name, value, low, high);
  decoder.Finish();
  if (!decoder.ok()) {
    FailAt(name, "needs a number from " + std::to_string(low) + " to " + std::to_string(high));
  }
}

void FieldSyntax::Decimal(Name name, std::string_view& value) {
  if (const std::string_view* text = Take(name)) value = *text;
}

void FieldSyntax::Word(Name name, size_t& index, std::string_view words) {
  const std::string_view* text = Take(name);
  if (text == nullptr) return;
  bool matched = false;
  sdp::ForEachWord(words, [&](size_t i, std::string_view word) {
    matched = word == *text;
    if (matched) index = i;
    return !matched;
  });
  if (!matched) FailAt(name, "needs one of " + std::string(words));
}

bool FieldSyntax::Optional(Name name, std::string_view, bool) { return ok() && Has(PathOf(name)); }

void FieldSyntax::Flag(Name name, std::string_view, bool& value) {
  Field* field = ok() ? Find(PathOf(name)) : nullptr;
  value = field != nullptr && field->value == "true";
  if (field == nullptr) return;
  field->used = true;
  if (!value && field->value != "false") FailAt(name, "needs true or false");
}

// A candidate is told as candidate_json.h tells it; what it tells twice is not read.
void FieldSyntax::Candidate(ice::Candidate& candidate) {
  if (!ok()) return;
  // In the order that FormatCandidate() wants behind the prefix, with what a missing one stands
  // for.
  static constexpr std::string_view kFields[][2] = {
      {"foundation", ""}, {"component", "1"},     {"transport", "udp"},
      {"priority", ""},   {"address", ""},        {"port", ""},
      {"type", ""},       {"relatedAddress", ""}, {"relatedPort", ""}};
  static constexpr std::string_view kToldTwice[] = {"prefix",
                                                    "addressType",
                                                    "zone",
                                                    "tcpType",
                                                    "generation",
                                                    "usernameFragment",
                                                    "networkId",
                                                    "networkCost",
                                                    "priorityParts.typePreference",
                                                    "priorityParts.localPreference",
                                                    "priorityParts.component"};
  // What stands before the foundation is the line's own name here.
  std::vector<std::string_view> call = {""};
  for (const auto& [name, otherwise] : kFields) call.push_back(UseOr(name, otherwise));
  for (const Name name : kToldTwice) UseOr(name, "");
  for (size_t i = 0;; ++i) {
    const std::string item = "extensions[" + std::to_string(i) + "]";
    if (!Has(PathOf(item))) break;
    call.push_back(UseOr(item + ".name", ""));
    call.push_back(UseOr(item + ".value", ""));
  }
  FormattedCandidate formatted = FormatCandidate(call);
  if (!formatted.ok) {
    return Fail(std::string(formatted.error.reason), PathOf(formatted.field),
                formatted.error.offset);
  }
  const Result<ice::Candidate> parsed =
      ice::Candidate::Parse(owned_.emplace_back(std::move(formatted.line)));
  if (parsed.ok()) candidate = *parsed;
}

std::string_view FieldSyntax::UseOr(Name name, std::string_view otherwise) {
  Field* field = Find(PathOf(name));
  if (field == nullptr) return otherwise;
  field->used = true;
  return field->value;
}

void FieldSyntax::BeginList(Name name, size_t) {
  sizes_.push_back(at_.size());
  at_ = PathOf(name);
  sizes_.push_back(at_.size());
  if (ok() && Find(at_) != nullptr) FailAt("", "needs a list of values");
}

bool FieldSyntax::NextItem(size_t index, std::string_view separator) {
  at_.resize(sizes_.back());
  at_ += "[" + std::to_string(index) + "]";
  if (Has(at_)) return true;
  if (index == 0 && separator.empty()) FailAt("", "is missing: the list needs one item at least");
  return false;
}

void FieldSyntax::EndList() {
  sizes_.pop_back();
  at_.resize(sizes_.back());
  sizes_.pop_back();
}

void FieldSyntax::Finish() {
  if (!ok()) return;
  const auto unused = std::find_if(fields_.begin(), fields_.end(), [](const Field& field) {
    // "true" is all that there is to say of an attribute without a value.
    return !field.used && !(field.path.empty() && field.value == "true");
  });
  if (unused == fields_.end()) return;
  Fail(unused->path.empty() ? "has no value: write true" : "is no field of this line", unused->path,
       0);
}

}  // namespace koeru::inspect
