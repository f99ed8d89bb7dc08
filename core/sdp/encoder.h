#pragma once

// Struct -> text, by the struct's own grammar.
//
//   Encode(Rtpmap{111, "opus", 48000, "2"});    // "111 opus/48000/2"
//
// What it writes, a Decoder of the same mode reads back as the same struct. A value for which that
// would not hold (a token with a space in it, 200 for a payload type) is an error that names the
// field.

#include "core/bytes/result.h"
#include "core/sdp/syntax.h"

namespace koeru::sdp {

class Encoder final : public Syntax {
 public:
  explicit Encoder(Mode mode) : Syntax(mode) {}

  void Literal(std::string_view text) override;
  void Text(Name name, std::string_view& value, const TextForm& form) override;
  void Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) override;
  void Decimal(Name name, std::string_view& value) override;
  void Word(Name name, size_t& index, std::string_view words) override;
  bool Optional(Name name, std::string_view prefix, bool has) override;
  void Flag(Name name, std::string_view word, bool& value) override;
  void Candidate(ice::Candidate& candidate) override;
  void Finish() override;
  using Syntax::Word;

  std::string Take() { return std::move(text_); }

 protected:
  void BeginList(Name name, size_t size) override;
  bool NextItem(size_t index, std::string_view separator) override;
  void EndList() override { sizes_.pop_back(); }
  void BeginItem() override {}
  void EndItem() override {}

 private:
  std::string text_;
  bool keeps_spaces_ = false;                   // the last text is read with spaces at its end
  bool open_quotes_ = false;                    // a value had a quotation mark without a partner
  std::vector<std::pair<Name, size_t>> sizes_;  // of the lists that are being written
};

template <typename T>
Result<std::string, SyntaxError> Encode(T value, Mode mode = Mode::kLenient) {
  Encoder encoder(mode);
  value.Describe(encoder);
  encoder.Finish();
  if (!encoder.ok()) return encoder.error();
  return encoder.Take();
}

}  // namespace koeru::sdp
