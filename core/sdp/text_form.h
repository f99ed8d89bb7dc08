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
  bool quotes = false;      // ";" counts as text between quotation marks
  // What the RFC allows, where implementations were seen to write more.
  const TextForm* strict = nullptr;

  constexpr const TextForm& In(bool strictly) const {
    return strictly && strict != nullptr ? *strict : *this;
  }
  constexpr TextForm Length(size_t from, size_t to) const {
    TextForm other = *this;
    other.low = from;
    other.high = to;
    return other;
  }
  constexpr TextForm Whole() const {
    TextForm other = *this;
    other.takes_all = true;
    return other;
  }
  constexpr TextForm Quoting() const {
    TextForm other = *this;
    other.quotes = true;
    return other;
  }
  constexpr TextForm OrNone() const {
    TextForm other = Length(0, high);
    other.omit_empty = true;
    return other;
  }
  // Lenient: this form, or nothing at all.
  constexpr TextForm OrEmptyIfLenient(const TextForm& strict_form) const {
    TextForm other = Length(0, high);
    other.strict = &strict_form;
    return other;
  }
  constexpr TextForm Strictly(const TextForm& strict_form) const {
    TextForm other = *this;
    other.strict = &strict_form;
    return other;
  }
};

template <bool (*kIs)(char)>
size_t MeasureWhile(std::string_view text) {
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), kIs) - text.begin());
}

constexpr bool IsSpace(char c) { return c == ' ' || c == '\t'; }
// RFC 8866 section 9: byte-string, non-ws-string.
constexpr bool IsByte(char c) { return c != '\0' && c != '\r' && c != '\n'; }
constexpr bool IsNonSpace(char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7F'; }
constexpr bool IsBase64(char c) { return ice::IsIceChar(c) || c == '='; }
constexpr bool IsUpperHex(char c) { return ice::IsDigit(c) || (c >= 'A' && c <= 'F'); }
constexpr bool IsHex(char c) { return IsUpperHex(c) || (c >= 'a' && c <= 'f'); }
// RFC 8842 section 4: tls-id-value.
constexpr bool IsTlsIdChar(char c) { return ice::IsIceChar(c) || c == '-' || c == '_'; }
constexpr bool IsRidChar(char c) { return ice::IsAlphaNumeric(c) || c == '-' || c == '_'; }
constexpr bool IsLanguageChar(char c) { return ice::IsAlphaNumeric(c) || c == '-'; }
constexpr bool IsSuiteChar(char c) { return ice::IsAlphaNumeric(c) || c == '_'; }
// RFC 3986: unreserved, reserved and "%".
constexpr bool IsUriChar(char c) {
  return ice::IsVchar(c) && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
}
constexpr bool IsNameChar(char c) { return c != ':' && IsNonSpace(c); }
constexpr bool IsListedWordChar(char c) { return c != ';' && c != ',' && IsNonSpace(c); }
constexpr bool IsNotSemicolon(char c) { return c != ';' && IsNonSpace(c); }
constexpr bool IsNotEquals(char c) { return c != '=' && IsNonSpace(c); }
constexpr bool IsNotSlash(char c) { return c != '/' && IsNonSpace(c); }
constexpr bool IsParameterNameChar(char c) { return c != '=' && c != ';' && IsByte(c); }
constexpr bool IsNoSemicolonByte(char c) { return c != ';' && IsByte(c); }
// RFC 8851 section 10: param-val, any printable ASCII except ";".
constexpr bool IsRidValueChar(char c) { return c >= ' ' && c != ';' && c != '\x7F'; }

inline size_t MeasureNothing(std::string_view) { return 0; }
// The name of a parameter: up to "=" or ";", not beginning with a space.
size_t MeasureParameterName(std::string_view text);
// The value of a parameter: up to the next ";", but inside of quotation marks all counts.
size_t MeasureParameterValue(std::string_view text);
// "*", or digits.
size_t MeasureDigitsOrStar(std::string_view text);
// Digits, and the letter of a unit behind them.
size_t MeasureTypedTime(std::string_view text);
size_t MeasureSignedTypedTime(std::string_view text);
// The same, but not beginning with 0.
size_t MeasureRepeatInterval(std::string_view text);
// At least ten digits, the first of them not 0.
size_t MeasureTime(std::string_view text);
// Digits, the first of them not 0.
size_t MeasurePositive(std::string_view text);
// A value of imageattr: up to the next "," or "]", but inside of brackets all counts.
size_t MeasureBracketed(std::string_view text);
// A number, or numbers in brackets with ":", "," or "-" between them.
size_t MeasureImageValue(std::string_view text);
// Pairs of hexadecimal digits with ":" between them.
size_t MeasureFingerprint(std::string_view text);
size_t MeasureUpperFingerprint(std::string_view text);
// Tokens with "/" between them.
size_t MeasureProtocol(std::string_view text);
// A number or a word, or RFC 8864's quoted-string.
size_t MeasureOptionValue(std::string_view text);
// One of the three forms of e= and of p= (RFC 8866 section 9).
size_t MeasureEmail(std::string_view text);
size_t MeasurePhone(std::string_view text);
// 20 or 29.97, and RFC 8866 section 9: non-zero-int-or-real (no zeros that mean nothing).
size_t MeasureReal(std::string_view text);
size_t MeasureRealStrictly(std::string_view text);
// One of the words "a|b|c", in this case.
size_t MeasureListed(std::string_view text, std::string_view words);

inline constexpr TextForm kToken{MeasureWhile<ice::IsTokenChar>,
                                 "a token: letters, digits and !#$%&'*+-.^_`{|}~"};
inline constexpr TextForm kNonSpace{MeasureWhile<IsNonSpace>, "text without spaces"};
// Implementations write more than tokens there.
inline constexpr TextForm kTokenOrNonSpace = kNonSpace.Strictly(kToken);
// RFC 8866 section 9: byte-string.
inline constexpr TextForm kByteString = TextForm{MeasureWhile<IsByte>, "text in one line"}.Whole();
// RFC 8866 section 5.3: s= must not be empty, but often is.
inline constexpr TextForm kFreeText = kByteString.OrEmptyIfLenient(kByteString);
// Other text up to the end of the line.
inline constexpr TextForm kRest{MeasureWhile<IsByte>, "text in one line"};
inline constexpr TextForm kRestOrEmpty = kRest.OrEmptyIfLenient(kRest);
inline constexpr TextForm kTokenOrRest = kRest.Strictly(kToken);
inline constexpr TextForm kDigits{MeasureWhile<ice::IsDigit>, "digits"};
inline constexpr TextForm kIceChars{MeasureWhile<ice::IsIceChar>, "letters, digits, '+' and '/'"};
inline constexpr TextForm kIceCharsOrNonSpace = kNonSpace.Strictly(kIceChars);
inline constexpr TextForm kBase64{MeasureWhile<IsBase64>, "base64"};
inline constexpr TextForm kSpacing = TextForm{MeasureWhile<IsSpace>, "spaces"}.OrNone();
inline constexpr TextForm kOneSpaceOrNone =
    TextForm{MeasureWhile<IsSpace>, "one space, or none"}.Length(0, 1);
inline constexpr TextForm kSpacingAtMostOne = kSpacing.Strictly(kOneSpaceOrNone);
inline constexpr TextForm kNothing = TextForm{MeasureNothing, "not in the RFC's grammar"}.OrNone();
inline constexpr TextForm kSpacingIfLenient = kSpacing.Strictly(kNothing);
inline constexpr TextForm kDigitsOrStar{MeasureDigitsOrStar, "a payload type, or '*' for all"};
// RFC 8866 section 6.1: category.
inline constexpr TextForm kCategory = kRest.Strictly(kNonSpace);
// RFC 8866 section 9: typed-time, 604800 or 7d.
inline constexpr TextForm kTypedTime{MeasureTypedTime, "seconds, or a number with d, h, m or s"};
inline constexpr TextForm kPositiveTypedTime{
    MeasureRepeatInterval, "seconds, or a number with d, h, m or s, not beginning with 0"};
inline constexpr TextForm kRepeatInterval = kTypedTime.Strictly(kPositiveTypedTime);
inline constexpr TextForm kSignedTypedTime{
    MeasureSignedTypedTime, "seconds, or a number with d, h, m or s, maybe with '-'"};
inline constexpr TextForm kTenDigits{MeasureTime, "seconds since 1900, ten digits or more"};
inline constexpr TextForm kTime = kDigits.Strictly(kTenDigits);
// RFC 8866 section 6.6: channels.
inline constexpr TextForm kPositive{MeasurePositive, "a number of channels, 1 or more"};
inline constexpr TextForm kChannels = kToken.Strictly(kPositive);
inline constexpr TextForm kTlsId =
    TextForm{MeasureWhile<IsTlsIdChar>, "letters, digits, '+', '/', '-' and '_'"}.Length(20, 255);
// RFC 8851 section 10: rid-id.
inline constexpr TextForm kRidId{MeasureWhile<IsRidChar>, "letters, digits, '-' and '_'"};
// RFC 4585 section 4.2: rtcp-fb-id has the same characters.
inline constexpr TextForm kFeedbackType = kToken.Strictly(kRidId);
inline constexpr TextForm kRestrictionName{MeasureWhile<IsLanguageChar>, "letters, digits and '-'"};
inline constexpr TextForm kRestrictionValue =
    TextForm{MeasureWhile<IsRidValueChar>, "printable text without ';'"}.Length(
        0, static_cast<size_t>(-1));
// RFC 8830 section 2: msid-id and msid-appdata.
inline constexpr TextForm kToken64 = kToken.Length(1, 64);
inline constexpr TextForm kMsid = kNonSpace.Strictly(kToken64);
inline constexpr TextForm kLanguageTag{MeasureWhile<IsLanguageChar>,
                                       "a language tag such as en-US"};
inline constexpr TextForm kLanguage = kNonSpace.Strictly(kLanguageTag);
// RFC 4568 section 9.1: crypto-suite.
inline constexpr TextForm kSuiteName{MeasureWhile<IsSuiteChar>, "letters, digits and '_'"};
inline constexpr TextForm kCryptoSuite = kToken.Strictly(kSuiteName);
inline constexpr TextForm kUriText{MeasureWhile<IsUriChar>, "a URI, without spaces"};
inline constexpr TextForm kUriWord = kNonSpace.Strictly(kUriText);
// RFC 3986 section 4.1: a URI-reference may be empty.
inline constexpr TextForm kUriReference = kUriText.Length(0, static_cast<size_t>(-1));
inline constexpr TextForm kUri = kByteString.OrEmptyIfLenient(kUriReference);
inline constexpr TextForm kEmailAddress{MeasureEmail, "an address: a@b, a@b (name) or name <a@b>"};
inline constexpr TextForm kEmail = kByteString.OrEmptyIfLenient(kEmailAddress);
inline constexpr TextForm kPhoneNumber{MeasurePhone,
                                       "a number: +1 23, +1 23 (name) or name <+1 23>"};
inline constexpr TextForm kPhone = kByteString.OrEmptyIfLenient(kPhoneNumber);
inline constexpr TextForm kUpperHexPairs{
    MeasureUpperFingerprint, "pairs of hexadecimal digits in upper case with ':' between them"};
inline constexpr TextForm kHexPairs =
    TextForm{MeasureFingerprint, "pairs of hexadecimal digits with ':' between them"}.Strictly(
        kUpperHexPairs);
inline constexpr TextForm kTokensAndSlashes{MeasureProtocol, "tokens with '/' between them"};
inline constexpr TextForm kProtocol = kNonSpace.Strictly(kTokensAndSlashes);
inline constexpr TextForm kAttributeName =
    TextForm{MeasureWhile<IsNameChar>, "a name without ':' and spaces"}.Strictly(kToken);
inline constexpr TextForm kListedWord =
    TextForm{MeasureWhile<IsListedWordChar>, "text without spaces, ',' and ';'"}.Strictly(kToken);
inline constexpr TextForm kWordUpToSemicolon{MeasureWhile<IsNotSemicolon>,
                                             "text without spaces and ';'"};
inline constexpr TextForm kWordUpToEquals =
    TextForm{MeasureWhile<IsNotEquals>, "text without spaces and '='"}.Strictly(kToken);
inline constexpr TextForm kWordUpToSlash{MeasureWhile<IsNotSlash>, "text without spaces and '/'"};
inline constexpr TextForm kParameterName{MeasureParameterName, "text without '=' and ';'", 0};
inline constexpr TextForm kParameterValue =
    TextForm{MeasureParameterValue, "text without ';' outside of quotation marks", 0}.Quoting();
inline constexpr TextForm kQuotedOrWord{MeasureOptionValue,
                                        "a number, a word, or text in quotation marks"};
inline constexpr TextForm kOptionValue = kParameterValue.Strictly(kQuotedOrWord);
// RFC 8827 section 5: extension-value. Quotation marks are characters like others.
inline constexpr TextForm kNoSemicolon{MeasureWhile<IsNoSemicolonByte>, "text without ';'"};
inline constexpr TextForm kIdentityValue = kNoSemicolon.OrEmptyIfLenient(kNoSemicolon);
inline constexpr TextForm kImageValue{MeasureImageValue, "a number, or numbers in brackets"};
inline constexpr TextForm kBracketed =
    TextForm{MeasureBracketed, "a number, or a list in brackets"}.Strictly(kImageValue);

}  // namespace koeru::sdp
