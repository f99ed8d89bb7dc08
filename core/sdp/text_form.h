#pragma once

// What a piece of text in a line may consist of: the terminals of RFC 8866 section 9.
//
//   kToken.Measure("opus/48000")   // 4: "opus"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/ice/token.h"

namespace koeru::sdp {

struct TextForm {
  // How much of the text's start has this form.
  size_t (*Measure)(std::string_view text);
  std::string_view description;  // "a token", for errors
  size_t low = 1;                // characters
  size_t high = static_cast<size_t>(-1);
  bool omit_empty = false;  // an empty text is not told, and need not be given
  bool takes_all = false;   // free text: spaces at its start and end are part of it

  constexpr TextForm Length(size_t from, size_t to) const {
    TextForm other = *this;
    other.low = from;
    other.high = to;
    return other;
  }
  constexpr TextForm OrNone() const {
    TextForm other = Length(0, high);
    other.omit_empty = true;
    return other;
  }
};

template <bool (*kIs)(char)>
size_t MeasureWhile(std::string_view text) {
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), kIs) - text.begin());
}

constexpr bool IsNonSpace(char c) { return c != ' ' && c != '\t'; }
constexpr bool IsSpace(char c) { return !IsNonSpace(c); }
constexpr bool IsByte(char c) { return c != '\0' && c != '\r' && c != '\n'; }
constexpr bool IsHexOrColon(char c) {
  return ice::IsDigit(c) || (ice::ToLower(c) >= 'a' && ice::ToLower(c) <= 'f') || c == ':';
}
constexpr bool IsBase64(char c) { return ice::IsIceChar(c) || c == '='; }
// RFC 8842 section 4: tls-id-value.
constexpr bool IsTlsIdChar(char c) { return ice::IsIceChar(c) || c == '-' || c == '_'; }
constexpr bool IsRidChar(char c) { return ice::IsAlphaNumeric(c) || c == '-' || c == '_'; }
constexpr bool IsNameChar(char c) { return c != ':' && IsNonSpace(c); }
constexpr bool IsListedWordChar(char c) { return c != ';' && c != ',' && IsNonSpace(c); }
constexpr bool IsNotSemicolon(char c) { return c != ';' && IsNonSpace(c); }
constexpr bool IsNotEquals(char c) { return c != '=' && IsNonSpace(c); }
constexpr bool IsNotSlash(char c) { return c != '/' && IsNonSpace(c); }
constexpr bool IsParameterNameChar(char c) { return c != '=' && c != ';'; }

// The value of a parameter: up to the next ";", but inside of quotation marks all counts.
size_t MeasureParameterValue(std::string_view text);
// "*", or digits.
size_t MeasureDigitsOrStar(std::string_view text);
// Digits, and the letter of a unit behind them.
size_t MeasureTypedTime(std::string_view text);
size_t MeasureSignedTypedTime(std::string_view text);
// A value of imageattr: up to the next "," or "]", but inside of brackets all counts.
size_t MeasureBracketed(std::string_view text);

inline constexpr TextForm kToken{MeasureWhile<ice::IsTokenChar>,
                                 "a token: letters, digits and !#$%&'*+-.^_`{|}~"};
inline constexpr TextForm kNonSpace{MeasureWhile<IsNonSpace>, "text without spaces"};
// RFC 8866 section 9: byte-string.
inline constexpr TextForm kByteString{MeasureWhile<IsByte>,    "text", 1,
                                      static_cast<size_t>(-1), false,  true};
// Other text up to the end of the line.
inline constexpr TextForm kRest{MeasureWhile<IsByte>, "text"};
inline constexpr TextForm kDigits{MeasureWhile<ice::IsDigit>, "digits"};
inline constexpr TextForm kIceChars{MeasureWhile<ice::IsIceChar>, "letters, digits, '+' and '/'"};
inline constexpr TextForm kHexAndColons{MeasureWhile<IsHexOrColon>, "hexadecimal pairs and colons"};
inline constexpr TextForm kBase64{MeasureWhile<IsBase64>, "base64"};
inline constexpr TextForm kSpacing = TextForm{MeasureWhile<IsSpace>, "spaces"}.OrNone();
inline constexpr TextForm kDigitsOrStar{MeasureDigitsOrStar, "a payload type, or '*' for all"};
// RFC 8866 section 9: typed-time, 604800 or 7d.
inline constexpr TextForm kTypedTime{MeasureTypedTime, "seconds, or a number with d, h, m or s"};
inline constexpr TextForm kSignedTypedTime{
    MeasureSignedTypedTime, "seconds, or a number with d, h, m or s, maybe with '-'"};
inline constexpr TextForm kTlsId =
    TextForm{MeasureWhile<IsTlsIdChar>, "letters, digits, '+', '/', '-' and '_'"}.Length(20, 255);
// RFC 8851 section 10: rid-id.
inline constexpr TextForm kRidId{MeasureWhile<IsRidChar>, "letters, digits, '-' and '_'"};
inline constexpr TextForm kSimulcastId = kRidId;
inline constexpr TextForm kAttributeName{MeasureWhile<IsNameChar>, "a name without ':' and spaces"};
inline constexpr TextForm kListedWord{MeasureWhile<IsListedWordChar>,
                                      "text without spaces, ',' and ';'"};
inline constexpr TextForm kWordUpToSemicolon{MeasureWhile<IsNotSemicolon>,
                                             "text without spaces and ';'"};
inline constexpr TextForm kWordUpToEquals{MeasureWhile<IsNotEquals>, "text without spaces and '='"};
inline constexpr TextForm kWordUpToSlash{MeasureWhile<IsNotSlash>, "text without spaces and '/'"};
inline constexpr TextForm kParameterName{MeasureWhile<IsParameterNameChar>,
                                         "text without '=' and ';'", 0};
inline constexpr TextForm kParameterValue{MeasureParameterValue,
                                          "text without ';' outside of quotation marks", 0};
inline constexpr TextForm kBracketed{MeasureBracketed, "a number, or a list in brackets"};

}  // namespace koeru::sdp
