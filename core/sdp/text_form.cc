#include "core/sdp/text_form.h"

namespace koeru::sdp {
namespace {

// RFC 8866 section 9: email-safe.
bool IsEmailSafe(char c) { return IsByte(c) && c != '(' && c != ')' && c != '<' && c != '>'; }
bool IsPhoneChar(char c) { return c == ' ' || c == '-' || ice::IsDigit(c); }

// RFC 5322 section 3.4.1: addr-spec, as far as one can tell where it ends.
size_t MeasureAddrSpec(std::string_view text) {
  const size_t size = MeasureWhile<IsNonSpace>(text.substr(0, text.find_first_of("()<>")));
  const size_t at = text.substr(0, size).rfind('@');
  return at == std::string_view::npos || at == 0 || at + 1 == size ? 0 : size;
}

// phone = ["+"] DIGIT 1*(SP / "-" / DIGIT)
size_t MeasurePhoneDigits(std::string_view text) {
  const size_t plus = text.starts_with('+') ? 1 : 0;
  if (plus >= text.size() || !ice::IsDigit(text[plus])) return 0;
  const size_t size = plus + MeasureWhile<IsPhoneChar>(text.substr(plus));
  return size > plus + 1 ? size : 0;
}

// 1*email-safe between `open` and `close`, in front of the end.
size_t MeasureEnclosed(std::string_view text, char open, char close) {
  if (!text.starts_with(open)) return 0;
  const size_t size = MeasureWhile<IsEmailSafe>(text.substr(1));
  return size > 0 && size + 1 < text.size() && text[size + 1] == close ? size + 2 : 0;
}

// <what> (comment) / name <what> / <what>; `gaps`: at least how many spaces stand between them.
size_t MeasureWithName(std::string_view text, size_t (*what)(std::string_view), size_t gaps) {
  const size_t name = MeasureWhile<IsEmailSafe>(text);
  if (name > 0 && text.substr(name).starts_with('<')) {
    const bool gap = gaps == 0 || (name > 1 && text[name - 1] == ' ');
    const size_t size = what(text.substr(name + 1));
    const size_t end = name + 1 + size;
    return gap && size > 0 && text.substr(end).starts_with('>') ? end + 1 : 0;
  }
  const size_t size = what(text);
  const size_t spaces = text.find_first_not_of(' ', size);
  if (size == 0 || spaces == std::string_view::npos || spaces - size < gaps) return size;
  const size_t comment = MeasureEnclosed(text.substr(spaces), '(', ')');
  return comment == 0 ? size : spaces + comment;
}

template <bool (*kIs)(char)>
size_t MeasurePairs(std::string_view text) {
  for (size_t i = 0;; i += 3) {
    if (i + 2 > text.size() || !kIs(text[i]) || !kIs(text[i + 1])) return i == 0 ? 0 : i - 1;
    if (i + 2 == text.size() || text[i + 2] != ':') return i + 2;
  }
}

}  // namespace

size_t MeasureParameterName(std::string_view text) {
  if (!text.empty() && IsSpace(text.front())) return 0;
  return MeasureWhile<IsParameterNameChar>(text);
}

size_t MeasureParameterValue(std::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!IsByte(text[i])) return i;
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

size_t MeasureRepeatInterval(std::string_view text) {
  return text.starts_with('0') ? 0 : MeasureTypedTime(text);
}

size_t MeasurePositive(std::string_view text) {
  return text.starts_with('0') ? 0 : kDigits.Measure(text);
}

size_t MeasureTime(std::string_view text) {
  const size_t size = MeasurePositive(text);
  return size < 10 ? 0 : size;
}

size_t MeasureBracketed(std::string_view text) {
  size_t depth = 0;
  size_t open = 0;
  size_t i = 0;
  for (; i < text.size() && IsNonSpace(text[i]); ++i) {
    if (depth == 0 && (text[i] == ',' || text[i] == ']')) return i;
    if (text[i] == '[' && depth++ == 0) open = i;
    if (text[i] == ']') --depth;
  }
  // A bracket that nothing closes would take in what stands behind the value.
  return depth == 0 ? i : open;
}

size_t MeasureImageValue(std::string_view text) {
  if (!text.starts_with('[')) return std::min(text.find_first_not_of("0123456789."), text.size());
  const size_t end = std::min(text.find_first_not_of("0123456789.:,-", 1), text.size());
  return end > 1 && end < text.size() && text[end] == ']' ? end + 1 : 0;
}

size_t MeasureFingerprint(std::string_view text) { return MeasurePairs<IsHex>(text); }
size_t MeasureUpperFingerprint(std::string_view text) { return MeasurePairs<IsUpperHex>(text); }

size_t MeasureProtocol(std::string_view text) {
  for (size_t i = 0;;) {
    const size_t size = kToken.Measure(text.substr(i));
    if (size == 0) return i == 0 ? 0 : i - 1;
    i += size;
    if (!text.substr(i).starts_with('/')) return i;
    ++i;
  }
}

size_t MeasureOptionValue(std::string_view text) {
  if (!text.starts_with('"')) return kToken.Measure(text);
  // RFC 8864 section 5.1.1: "%" and two hexadecimal digits stand for what cannot be written.
  for (size_t i = 1; i < text.size() && text[i] >= ' ' && text[i] != '\x7F'; ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] != '%') continue;
    if (i + 2 >= text.size() || !IsHex(text[i + 1]) || !IsHex(text[i + 2])) return 0;
    i += 2;
  }
  return 0;
}

size_t MeasureEmail(std::string_view text) { return MeasureWithName(text, MeasureAddrSpec, 1); }
size_t MeasurePhone(std::string_view text) { return MeasureWithName(text, MeasurePhoneDigits, 0); }

size_t MeasureReal(std::string_view text) {
  const size_t whole = kDigits.Measure(text);
  if (whole == 0 || !text.substr(whole).starts_with('.')) return whole;
  const size_t fraction = kDigits.Measure(text.substr(whole + 1));
  return fraction == 0 ? 0 : whole + 1 + fraction;
}

size_t MeasureRealStrictly(std::string_view text) {
  const size_t size = MeasureReal(text);
  const bool is_whole = kDigits.Measure(text) == size;
  // integer = POS-DIGIT *DIGIT; non-zero-real = zero-based-integer "." *DIGIT POS-DIGIT
  if (size == 0 || (text[0] == '0' && (is_whole || text[1] != '.'))) return 0;
  return !is_whole && text[size - 1] == '0' ? 0 : size;
}

size_t MeasureListed(std::string_view text, std::string_view words) {
  for (;;) {
    const std::string_view word = words.substr(0, words.find('|'));
    if (text == word) return word.size();
    if (word.size() == words.size()) return 0;
    words.remove_prefix(word.size() + 1);
  }
}

}  // namespace koeru::sdp
