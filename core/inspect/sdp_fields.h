#pragma once

// Named fields -> any value of core/sdp, by the value's own grammar: the way back from the JSON of
// sdp_json.h, whose reader (in JavaScript) hands over each leaf with the path to it.
//
//   {"semantics":"BUNDLE","mids":["0","1"]}
//   is   semantics = BUNDLE, mids[0] = 0, mids[1] = 1
//
// A value without a name has the path "". A flag is "true". A field that the grammar does not know
// is an error, so that a misspelt name is not lost in silence.

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "core/sdp/syntax.h"

namespace koeru::inspect {

class FieldSyntax final : public sdp::Syntax {
 public:
  // path, value, path, value, ...: an even number of them, which must outlive what is read.
  explicit FieldSyntax(std::span<const std::string_view> fields);

  void Literal(std::string_view) override {}
  void Text(Name name, std::string_view& value, const sdp::TextForm& form) override;
  void Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) override;
  void Decimal(Name name, std::string_view& value) override;
  void Word(Name name, size_t& index, std::string_view words) override;
  bool Optional(Name name, std::string_view prefix, bool has) override;
  void Flag(Name name, std::string_view word, bool& value) override;
  void Candidate(ice::Candidate& candidate) override;
  using Syntax::Word;

  // An error when a field was not used.
  void Finish() override;

 protected:
  void BeginList(Name name, size_t size) override;
  bool NextItem(size_t index, std::string_view separator) override;
  void EndList() override;
  void BeginItem() override {}
  void EndItem() override {}
  bool KnowsPaths() const override { return true; }

 private:
  struct Field {
    std::string_view path;
    std::string_view value;
    bool used = false;
  };

  std::string PathOf(Name name) const;
  Field* Find(std::string_view path);
  // Whether there is a field of that path or below it.
  bool Has(std::string_view path) const;
  // The value of a field that must be there; nullptr after an error.
  const std::string_view* Take(Name name);
  std::string_view UseOr(Name name, std::string_view otherwise);
  void FailAt(Name name, std::string reason) { Fail(std::move(reason), PathOf(name), 0); }

  std::vector<Field> fields_;  // sorted by path
  std::string at_;             // the path of the place that is being described
  std::vector<size_t> sizes_;  // of at_, in front of each open list's name and behind it
  std::deque<std::string> owned_;
};

}  // namespace koeru::inspect
