#include "wasm/json_writer.h"

#include <array>
#include <charconv>

namespace koeru::wasm {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool IsContinuation(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80;
}

// The length of the UTF-8 sequence at the start of `text` (RFC 3629 section 4), or 0.
size_t SequenceLength(std::string_view text) {
  const auto first = static_cast<uint8_t>(text[0]);
  if (first < 0x80) return 1;
  size_t length = 0;
  if (first >= 0xC2 && first <= 0xDF) length = 2;
  if (first >= 0xE0 && first <= 0xEF) length = 3;
  if (first >= 0xF0 && first <= 0xF4) length = 4;
  for (size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text, i)) return 0;
  }
  if (length < 3) return length;
  // Overlong forms, surrogates, and what lies above U+10FFFF.
  const auto second = static_cast<uint8_t>(text[1]);
  const bool bad = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                   (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return bad ? 0 : length;
}

}  // namespace

void JsonWriter::Begin(std::string_view name) {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
  if (name.empty()) return;
  Quote(name);
  out_ += ':';
}

void JsonWriter::Open(std::string_view name, char bracket) {
  Begin(name);
  out_ += bracket;
  needs_comma_ = false;
}

void JsonWriter::Close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
}

void JsonWriter::Text(std::string_view name, std::string_view value) {
  Begin(name);
  Quote(value);
}

void JsonWriter::Number(std::string_view name, uint64_t value) {
  Begin(name);
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), static_cast<size_t>(end - digits.data()));
}

void JsonWriter::Bool(std::string_view name, bool value) {
  Begin(name);
  out_ += value ? "true" : "false";
}

void JsonWriter::Quote(std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  out_ += '"';
  while (!text.empty()) {
    const auto c = static_cast<uint8_t>(text[0]);
    size_t length = SequenceLength(text);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += text[0];
    } else if (c < 0x20 || c == 0x7F) {
      out_ += "\\u00";
      out_ += kHexDigits[c >> 4];
      out_ += kHexDigits[c & 15];
    } else if (length == 0) {
      out_ += kReplacement;
      length = 1;
    } else {
      out_ += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  out_ += '"';
}

}  // namespace koeru::wasm
