#pragma once

// The receiver of values that only have to be understood: it keeps nothing.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

class DiscardSyntax final : public Syntax {
 public:
  DiscardSyntax() : Syntax(Mode::kLenient) {}

  void Literal(std::string_view) override {}
  void Text(Name, std::string_view&, const TextForm&) override {}
  void Integer(Name, uint64_t&, uint64_t, uint64_t) override {}
  void Decimal(Name, std::string_view&) override {}
  void Word(Name, size_t&, std::string_view) override {}
  bool Optional(Name, std::string_view, bool) override { return false; }
  void Flag(Name, std::string_view, bool&) override {}
  void Candidate(ice::Candidate&) override {}
  using Syntax::Word;

 protected:
  void BeginList(Name, size_t) override {}
  bool NextItem(size_t, std::string_view) override { return false; }
  void EndList() override {}
  void BeginItem() override {}
  void EndItem() override {}
};

}  // namespace koeru::sdp
