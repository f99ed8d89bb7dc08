#include "core/sdp/line.h"

namespace koeru::sdp {

std::string_view LineEndingText(LineEnding ending) {
  switch (ending) {
    case LineEnding::kCrLf:
      return "\r\n";
    case LineEnding::kLf:
      return "\n";
    case LineEnding::kCr:
      return "\r";
    case LineEnding::kNone:
      break;
  }
  return {};
}

std::optional<Attribute> Line::attribute() const {
  if (type() != 'a') return std::nullopt;
  const std::string_view all = value();
  const size_t colon = all.find(':');
  if (colon == std::string_view::npos) return Attribute{all, std::nullopt};
  return Attribute{all.substr(0, colon), all.substr(colon + 1)};
}

}  // namespace koeru::sdp
