#include "core/inspect/sdp_json.h"

#include "core/ice/candidate.h"
#include "core/inspect/candidate_json.h"

namespace koeru::inspect {
namespace {

constexpr uint64_t kMaxExactInDouble = (uint64_t{1} << 53) - 1;

}  // namespace

// A name makes the present place an object; no name makes it one value.
void JsonSyntax::Begin(Name name) {
  Context& context = contexts_.back();
  if (context == Context::kPending) {
    context = name.empty() ? Context::kValue : Context::kObject;
    if (!name.empty()) json_.BeginObject();
  }
  if (!name.empty()) json_.Key(name);
}

void JsonSyntax::Close(Context context) {
  if (context == Context::kObject) json_.EndObject();
  if (context == Context::kPending) json_.Bool(true);
}

void JsonSyntax::Text(Name name, std::string_view& value, const sdp::TextForm& form) {
  if (value.empty() && form.omit_empty) return;
  Begin(name);
  json_.Text(value);
}

void JsonSyntax::Integer(Name name, uint64_t& value, uint64_t, uint64_t) {
  Begin(name);
  if (value <= kMaxExactInDouble) return json_.Number(value);
  json_.Text(std::to_string(value));
}

void JsonSyntax::Decimal(Name name, std::string_view& value) {
  Begin(name);
  json_.Text(value);
}

void JsonSyntax::Word(Name name, size_t& index, std::string_view words) {
  Begin(name);
  sdp::ForEachWord(words, [&](size_t i, std::string_view word) {
    if (i == index) json_.Text(word);
    return i != index;
  });
}

void JsonSyntax::Flag(Name name, std::string_view, bool& value) {
  if (!value) return;
  Begin(name);
  json_.Bool(true);
}

void JsonSyntax::Candidate(ice::Candidate& candidate) {
  Begin("");
  json_.Raw(CandidateJson(candidate));
}

void JsonSyntax::BeginList(Name name, size_t size) {
  Begin(name);
  json_.BeginArray();
  contexts_.push_back(Context::kArray);
  sizes_.push_back(size);
}

bool JsonSyntax::NextItem(size_t index, std::string_view) { return index < sizes_.back(); }

void JsonSyntax::EndList() {
  json_.EndArray();
  contexts_.pop_back();
  sizes_.pop_back();
}

void JsonSyntax::EndItem() {
  Close(contexts_.back());
  contexts_.pop_back();
}

}  // namespace koeru::inspect
