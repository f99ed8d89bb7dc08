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

void Syntax::PrefixError(Name list, size_t index) {
  if (KnowsPaths()) return;
  std::string path = std::string(list) + "[" + std::to_string(index) + "]";
  if (!error_.field.empty() && error_.field[0] != '[') path += '.';
  error_.field = path + error_.field;
}

}  // namespace koeru::sdp
