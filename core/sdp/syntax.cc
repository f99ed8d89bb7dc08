#include "core/sdp/syntax.h"

namespace koeru::sdp {

std::string SyntaxError::ToString() const { return field.empty() ? reason : field + ": " + reason; }

void Syntax::Items(Name name, std::string_view first, std::string_view separator,
                   const ErasedList& list, AtMost most) {
  if (list.size > most.items) Fail("has more items than the grammar allows", name, 0);
  BeginList(name, list.size);
  for (size_t i = 0; ok() && i < most.items && NextItem(i, i == 0 ? first : separator); ++i) {
    if (++items_ > kMaxItems) return Fail("more than 65536 items: split the line", name, 0);
    list.describe(*this, list, i);
    if (!ok()) return PrefixError(name, i);
  }
  EndList();
}

void Syntax::Fail(std::string reason, Name field, size_t offset) {
  if (failed_) return;
  failed_ = true;
  error_ = {std::move(reason), std::string(field), offset};
}

void Syntax::Require(bool holds, Name field, std::string_view reason) {
  if (!failed_ && !holds) Fail(std::string(reason), field, FieldStart());
}

void Syntax::RequireIfStrict(bool holds, Name field, std::string_view reason) {
  if (strict()) Require(holds, field, reason);
}

void Syntax::LenientFlag(Name name, std::string_view word, bool& value) {
  if (!strict()) return Flag(name, word, value);
  Require(!value, name, "is not in the RFC's grammar: remove it");
}

void Syntax::PrefixError(Name list, size_t index) {
  if (KnowsPaths()) return;
  std::string path = std::string(list) + "[" + std::to_string(index) + "]";
  if (!error_.field.empty() && error_.field[0] != '[') path += '.';
  error_.field = path + error_.field;
}

}  // namespace koeru::sdp
