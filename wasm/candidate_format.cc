#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "core/ice/candidate.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {
namespace {

// The fields in front of the free extensions, as in koeru_abi.h.
constexpr std::string_view kNames[] = {"prefix",  "foundation", "component",      "transport",
                                       "priority", "address",    "port",           "typ",
                                       "type",     "relatedAddress", "relatedPort", "tcpType"};
constexpr size_t kFixedFields = std::size(kNames);
constexpr size_t kFirstOptional = 9;
constexpr std::string_view kKeywords[] = {"raddr", "rport", "tcptype"};

// A line under construction that remembers which field each part of it came from.
class Line {
 public:
  explicit Line(std::string_view prefix) : text_(prefix) { parts_.push_back({0, "prefix"}); }

  void AddWord(std::string_view field, std::string_view word) {
    if (parts_.size() > 1) text_ += ' ';
    parts_.push_back({text_.size(), std::string(field)});
    text_ += word;
  }

  const std::string& text() const { return text_; }
  // An error at a place in the line, told as a place in a field.
  Answer FailureAt(const ParseError& error) const {
    const Part* part = &parts_.front();
    for (const Part& p : parts_) {
      if (p.start <= error.offset) part = &p;
    }
    return FieldFailure(part->field, ParseError{error.reason, error.offset - part->start});
  }

 private:
  struct Part {
    size_t start;
    std::string field;
  };

  std::string text_;
  std::vector<Part> parts_;
};

// A space inside of a field would shift all that follows it by one word.
std::optional<ParseError> FindSpace(std::string_view value) {
  const size_t at = value.find(' ');
  if (at == std::string_view::npos) return std::nullopt;
  return ParseError{"a space: remove it", at};
}

bool IsOptional(size_t field) { return field >= kFirstOptional && field < kFixedFields; }

std::string FieldName(size_t field) {
  if (field < kFixedFields) return std::string(kNames[field]);
  const size_t extra = field - kFixedFields;
  return "extensions[" + std::to_string(extra / 2) + (extra % 2 != 0 ? "].value" : "].name");
}

}  // namespace

Answer FormatCandidate(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->size() < kFixedFields || (fields->size() - kFixedFields) % 2 != 0) {
    return Failure({"12 fields and then pairs are needed", 0});
  }
  Line line((*fields)[0]);
  // All empty but the prefix: the end of candidates.
  const bool is_end = std::all_of(fields->begin() + 1, fields->end(),
                                  [](std::string_view field) { return field.empty(); });
  for (size_t i = 1; i < fields->size() && !is_end; ++i) {
    const std::string name = FieldName(i);
    const std::string_view value = (*fields)[i];
    if (const auto error = FindSpace(value)) return FieldFailure(name, *error);
    if (IsOptional(i) && value.empty()) continue;
    if (IsOptional(i)) line.AddWord(name, kKeywords[i - kFirstOptional]);
    line.AddWord(name, value);
  }
  // Core's own grammar is the judge of the whole.
  const Result<ice::Candidate> candidate = ice::Candidate::Parse(line.text());
  if (!candidate.ok()) return line.FailureAt(candidate.error());
  return Success(candidate->ToString());
}

}  // namespace koeru::wasm
