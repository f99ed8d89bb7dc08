#include "core/sdp/syntax.h"

namespace koeru::sdp {

std::string SyntaxError::ToString() const { return field.empty() ? reason : field + ": " + reason; }

void Syntax::PrefixError(Name list, size_t index) {
  if (KnowsPaths()) return;
  std::string path = std::string(list) + "[" + std::to_string(index) + "]";
  if (!error_.field.empty() && error_.field[0] != '[') path += '.';
  error_.field = path + error_.field;
}

}  // namespace koeru::sdp
