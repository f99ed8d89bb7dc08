#include "core/sdp/encoder.h"

#include <algorithm>

#include "core/ice/candidate.h"

namespace koeru::sdp {

void Encoder::Literal(std::string_view text) {
  if (ok()) text_ += text;
}

void Encoder::Text(Name name, std::string_view& value, const TextForm& form) {
  if (!ok()) return;
  const TextForm& required = form.In(strict());
  const size_t size = required.Measure(value);
  if (size != value.size()) return Fail("is " + std::string(required.description), name, size);
  if (size < required.low || size > required.high) {
    std::string reason = size == 0 ? "is empty: it is " + std::string(required.description)
                                   : "has " + std::to_string(size) + " characters instead of " +
                                         std::to_string(required.low) + " to " +
                                         std::to_string(required.high);
    return Fail(std::move(reason), name, 0);
  }
  keeps_spaces_ = form.takes_all;
  // A lenient decoder would skip them. Strictly they are part of a byte-string (RFC 8866 section
  // 9).
  const bool is_skipped =
      !strict() && !form.takes_all && !form.omit_empty && (text_.empty() || IsSpace(text_.back()));
  if (is_skipped && !value.empty() && IsSpace(value.front())) {
    return Fail("begins with a space: leave it out", name, 0);
  }
  const auto marks = std::count(value.begin(), value.end(), '"');
  if (open_quotes_ && marks > 0) {
    return Fail("has a quotation mark that would end one opened before", name, value.find('"'));
  }
  open_quotes_ = open_quotes_ || (required.quotes && marks % 2 == 1);
  text_ += value;
}

void Encoder::Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) {
  if (!ok()) return;
  if (value < low || value > high) {
    return Fail("is a number from " + std::to_string(low) + " to " + std::to_string(high), name, 0);
  }
  text_ += std::to_string(value);
}

void Encoder::Decimal(Name name, std::string_view& value) {
  if (!ok()) return;
  const size_t size = strict() ? MeasureRealStrictly(value) : MeasureReal(value);
  if (size == 0 || size != value.size()) return Fail("is a number such as 20 or 29.97", name, 0);
  text_ += value;
}

void Encoder::Word(Name, size_t& index, std::string_view words) {
  if (!ok()) return;
  ForEachWord(words, [&](size_t i, std::string_view word) {
    if (i == index) text_ += word;
    return i != index;
  });
}

bool Encoder::Optional(Name, std::string_view prefix, bool has) {
  if (ok() && has) text_ += prefix;
  return ok() && has;
}

void Encoder::Flag(Name, std::string_view word, bool& value) {
  if (ok() && value) text_ += word;
}

void Encoder::Candidate(ice::Candidate& candidate) {
  if (!ok()) return;
  candidate.prefix = {};
  const std::string text = candidate.ToString();
  const Result<ice::Candidate> parsed = ice::Candidate::Parse(text);
  if (!parsed.ok()) {
    return Fail(std::string(parsed.error().reason), "candidate", parsed.error().offset);
  }
  if (parsed->end_of_candidates) return Fail("is empty: write a=end-of-candidates", "candidate", 0);
  text_ += text;
  keeps_spaces_ = true;
}

void Encoder::Finish() {
  if (!ok() || strict() || keeps_spaces_ || text_.empty() || !IsSpace(text_.back())) return;
  Fail("ends with a space: leave it out", "", text_.size() - 1);
}

void Encoder::BeginList(Name name, size_t size) { sizes_.emplace_back(name, size); }

bool Encoder::NextItem(size_t index, std::string_view separator) {
  const auto [name, size] = sizes_.back();
  if (index == 0 && size == 0 && separator.empty())
    Fail("is empty: it needs one at least", name, 0);
  if (index == size) return false;
  if (ok()) text_ += separator;
  return true;
}

}  // namespace koeru::sdp
