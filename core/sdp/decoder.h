#pragma once

// Text -> struct, by the struct's own grammar.
//
//   Result<Rtpmap, SyntaxError> map = Decode<Rtpmap>("111 opus/48000/2");
//   map->encoding_name;                                       // "opus", a view of the text
//
// Lenient takes several spaces for one, spaces at both ends, words in the wrong case, leading
// zeros, and what a struct's own Describe() adds.
//
// Strict takes less than ABNF in two places, so that what it takes comes back the same: ABNF's
// plain texts have no case (RFC 5234 section 2.3), but are taken in the case of the RFC only, and
// numbers (1*DIGIT) have no leading zeros.

#include "core/bytes/result.h"
#include "core/sdp/syntax.h"

namespace koeru::sdp {

class Decoder : public Syntax {
 public:
  // `text` must outlive whatever is decoded from it.
  Decoder(std::string_view text, Mode mode);

  void Literal(std::string_view text) override;
  void Text(Name name, std::string_view& value, const TextForm& form) override;
  void Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) override;
  void Decimal(Name name, std::string_view& value) override;
  void Word(Name name, size_t& index, std::string_view words) override;
  bool Optional(Name name, std::string_view prefix, bool has) override;
  void Flag(Name name, std::string_view word, bool& value) override;
  void Candidate(ice::Candidate& candidate) override;
  void LenientSpaces() override;
  void LooseSpace() override { strict() ? Literal(" ") : LenientSpaces(); }
  using Syntax::Word;

  // An error unless all of the text was used.
  void Finish() override;

  // How much of the text is read.
  size_t position() const { return at_; }

 protected:
  void BeginList(Name, size_t) override {}
  bool NextItem(size_t index, std::string_view separator) override;
  void EndList() override {}
  void BeginItem() override {}
  void EndItem() override {}
  size_t FieldStart() const override { return field_start_; }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  // The length of `literal` as it stands at the front of the rest; nullopt when it does not.
  std::optional<size_t> MeasureLiteral(std::string_view literal) const;
  // Goes behind a field.
  void Skip(size_t size) {
    field_start_ = at_;
    at_ += size;
  }
  void FailHere(std::string reason, Name name) { Fail(std::move(reason), name, at_); }

  std::string_view all_;
  std::string_view text_;  // without the spaces at its end that a lenient decoder takes
  // The spaces that a lenient decoder skipped last, apart from one that the grammar has.
  size_t skipped_from_ = 0;
  size_t skipped_to_ = 0;
  size_t at_ = 0;
  size_t field_start_ = 0;
};

template <typename T>
Result<T, SyntaxError> Decode(std::string_view value, Mode mode = Mode::kLenient) {
  Decoder decoder(value, mode);
  T decoded;
  decoded.Describe(decoder);
  decoder.Finish();
  if (!decoder.ok()) return decoder.error();
  return decoded;
}

}  // namespace koeru::sdp
