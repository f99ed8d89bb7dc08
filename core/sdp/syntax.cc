#include "core/sdp/syntax.h"

namespace koeru::sdp {

std::string SyntaxError::ToString() const { return field.empty() ? reason : field + ": " + reason; }

}  // namespace koeru::sdp
