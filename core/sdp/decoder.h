#pragma once

// Text -> struct, by the struct's own grammar.
//
//   Result<Rtpmap, SyntaxError> map = Decode<Rtpmap>("111 opus/48000/2");
//   map->encoding_name;                                       // "opus", a view of the text
//
// Strict takes what the RFC's grammar has. Lenient also takes what implementations were seen to
// write and what can be understood in one way only: several spaces for one, spaces at both ends,
// words in the wrong case, leading zeros.

#include "core/bytes/result.h"
#include "core/sdp/syntax.h"

namespace koeru::sdp {

enum class Mode : uint8_t { kStrict, kLenient };

class Decoder final : public Syntax {
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
  using Syntax::Word;

  // An error unless all of the text was used.
  void Finish() override;

 protected:
  void BeginList(Name, size_t) override {}
  bool NextItem(size_t index, std::string_view separator) override;
  void EndList() override {}
  void BeginItem() override {}
  void EndItem() override {}

 private:
  std::string_view rest() const { return text_.substr(at_); }
  // The length of `literal` as it stands at the front of the rest; nullopt when it does not.
  std::optional<size_t> MeasureLiteral(std::string_view literal) const;
  void FailHere(std::string reason, Name name) { Fail(std::move(reason), name, at_); }

  std::string_view all_;
  std::string_view text_;  // without the spaces at its end that a lenient decoder takes
  size_t start_ = 0;       // behind the spaces at its start
  size_t at_ = 0;
  Mode mode_;
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
