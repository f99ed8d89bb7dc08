#include "core/sdp/text_form.h"

namespace koeru::sdp {

size_t MeasureParameterValue(std::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    // A quotation mark without its partner is a character like others; only the last of a line can
    // be one, so that this search fails once.
    if (text[i] == '"') quoted = !quoted && text.find('"', i + 1) != std::string_view::npos;
    if (text[i] == ';' && !quoted) return i;
  }
  return text.size();
}

size_t MeasureDigitsOrStar(std::string_view text) {
  return text.starts_with('*') ? 1 : kDigits.Measure(text);
}

size_t MeasureTypedTime(std::string_view text) {
  const size_t digits = kDigits.Measure(text);
  const bool has_unit = digits > 0 && digits < text.size() &&
                        std::string_view("dhms").find(text[digits]) != std::string_view::npos;
  return has_unit ? digits + 1 : digits;
}

size_t MeasureSignedTypedTime(std::string_view text) {
  if (!text.starts_with('-')) return MeasureTypedTime(text);
  const size_t size = MeasureTypedTime(text.substr(1));
  return size == 0 ? 0 : size + 1;
}

size_t MeasureBracketed(std::string_view text) {
  size_t depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (depth == 0 && (text[i] == ',' || text[i] == ']' || text[i] == ' ')) return i;
    if (text[i] == '[') ++depth;
    if (text[i] == ']') --depth;
  }
  return text.size();
}

}  // namespace koeru::sdp
