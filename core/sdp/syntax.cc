#include "core/sdp/syntax.h"

namespace koeru::sdp {

std::string SyntaxError::ToString() const { return field.empty() ? reason : field + ": " + reason; }

void Syntax::Items(Name name, std::string_view first, std::string_view separator,
                   const ErasedList& list) {
  BeginList(name, list.size);
  for (size_t i = 0; ok() && NextItem(i, i == 0 ? first : separator); ++i) {
    if (i == kMaxItems) return Fail("more than 65536 items: split the line", name, 0);
    list.describe(*this, list, i);
  }
  EndList();
}

}  // namespace koeru::sdp
