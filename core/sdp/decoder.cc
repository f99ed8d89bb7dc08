#include "core/sdp/decoder.h"

#include <algorithm>

#include "core/ice/candidate.h"

namespace koeru::sdp {
namespace {

constexpr size_t kMaxDigits = 20;  // of 2^64 - 1

std::string InQuotes(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string_view WithoutSpacesAtEnd(std::string_view text) {
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

Decoder::Decoder(std::string_view text, Mode mode)
    : Syntax(mode),
      all_(text),
      text_(mode == Mode::kLenient ? WithoutSpacesAtEnd(text) : text),
      skipped_to_(mode == Mode::kLenient ? kSpacing.Measure(text_) : 0),
      at_(skipped_to_) {}

std::optional<size_t> Decoder::MeasureLiteral(std::string_view literal) const {
  const std::string_view rest = this->rest();
  if (strict()) {
    if (!rest.starts_with(literal)) return std::nullopt;
    return literal.size();
  }
  size_t at = 0;
  for (const char c : literal) {
    if (c == ' ') {
      const size_t spaces = kSpacing.Measure(rest.substr(at));
      if (spaces == 0) return std::nullopt;
      at += spaces;
    } else {
      if (at == rest.size() || ice::ToLower(rest[at]) != ice::ToLower(c)) return std::nullopt;
      ++at;
    }
  }
  return at;
}

void Decoder::Literal(std::string_view text) {
  if (!ok()) return;
  const std::optional<size_t> size = MeasureLiteral(text);
  if (!size) return FailHere(text == " " ? "expected a space" : "expected " + InQuotes(text), "");
  if (text == " ") {
    skipped_from_ = at_ + 1;
    skipped_to_ = at_ + *size;
  }
  at_ += *size;
}

void Decoder::Text(Name name, std::string_view& value, const TextForm& form) {
  if (!ok()) return;
  // What a lenient decoder skips, but this field keeps.
  if ((form.takes_all || form.omit_empty) && at_ == skipped_to_) at_ = skipped_from_;
  if (form.takes_all) text_ = all_;
  const TextForm& required = form.In(strict());
  const size_t size = required.Measure(rest());
  if (size < required.low || size > required.high) {
    std::string reason = "expected " + std::string(required.description);
    if (required.low > 1) reason += ", at least " + std::to_string(required.low) + " characters";
    if (size > required.high) {
      reason += ", at most " + std::to_string(required.high) + " characters";
    }
    return FailHere(std::move(reason), name);
  }
  value = rest().substr(0, size);
  Skip(size);
}

void Decoder::Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) {
  if (!ok()) return;
  const std::string_view written = rest().substr(0, kDigits.Measure(rest()));
  std::string_view digits = written;
  while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
  uint64_t number = 0;
  bool fits = !digits.empty() && digits.size() <= kMaxDigits;
  for (size_t i = 0; fits && i < digits.size(); ++i) {
    const auto digit = static_cast<uint64_t>(digits[i] - '0');
    fits = number <= (UINT64_MAX - digit) / 10;
    number = number * 10 + digit;
  }
  if (!fits || number < low || number > high) {
    return FailHere("expected a number from " + std::to_string(low) + " to " + std::to_string(high),
                    name);
  }
  if (strict() && digits.size() < written.size()) {
    return FailHere("a number with leading zeros: write it without them", name);
  }
  value = number;
  Skip(written.size());
}

void Decoder::Decimal(Name name, std::string_view& value) {
  if (!ok()) return;
  const size_t size = strict() ? MeasureRealStrictly(rest()) : MeasureReal(rest());
  if (size == 0) return FailHere("expected a number such as 20 or 29.97", name);
  value = rest().substr(0, size);
  Skip(size);
}

void Decoder::Word(Name name, size_t& index, std::string_view words) {
  if (!ok()) return;
  const std::string_view found = rest().substr(0, kListedWord.Measure(rest()));
  bool matched = false;
  ForEachWord(words, [&](size_t i, std::string_view word) {
    matched = strict() ? word == found : ice::EqualsIgnoringCase(word, found);
    if (matched) index = i;
    return !matched;
  });
  if (!matched) return FailHere("expected one of " + std::string(words), name);
  Skip(found.size());
}

bool Decoder::Optional(Name, std::string_view prefix, bool) {
  if (!ok() || rest().empty()) return false;
  if (!MeasureLiteral(prefix)) return false;
  Literal(prefix);
  return true;
}

void Decoder::Flag(Name, std::string_view word, bool& value) {
  if (!ok()) return;
  const std::optional<size_t> size = MeasureLiteral(word);
  at_ += size.value_or(0);
  value = size.has_value();
}

void Decoder::Candidate(ice::Candidate& candidate) {
  if (!ok()) return;
  const std::string_view all = all_.substr(at_);
  if (std::count(all.begin(), all.end(), ' ') > static_cast<std::ptrdiff_t>(2 * kMaxItems)) {
    return FailHere("more than 65536 extensions: leave some out", "extensions");
  }
  // The value of the last extension may be empty, so that spaces at the end are tried first.
  Result<ice::Candidate> parsed = ice::Candidate::Parse(all);
  if (!parsed.ok() && !strict()) parsed = ice::Candidate::Parse(rest());
  if (!parsed.ok())
    return Fail(std::string(parsed.error().reason), "", at_ + parsed.error().offset);
  if (parsed->end_of_candidates)
    return FailHere("expected a candidate, from its foundation on", "");
  // "a=candidate:candidate:...": pasted from a page's candidate.
  if (strict() && !parsed->prefix.empty()) return FailHere("expected a foundation", "foundation");
  candidate = *std::move(parsed);
  candidate.prefix = {};
  text_ = all_;
  Skip(rest().size());
}

void Decoder::LenientSpaces() {
  if (ok() && !strict()) at_ += kSpacing.Measure(rest());
}

bool Decoder::NextItem(size_t index, std::string_view separator) {
  if (index == 0 && separator.empty()) return true;
  const std::optional<size_t> size = MeasureLiteral(separator);
  at_ += size.value_or(0);
  return size.has_value();
}

void Decoder::Finish() {
  if (ok() && at_ < text_.size()) FailHere("nothing more was expected here", "");
}

}  // namespace koeru::sdp
