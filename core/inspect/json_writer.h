#pragma once

// Writes JSON (RFC 8259) into a string: objects, arrays, texts, numbers, commas where they belong.
//
//   JsonWriter json;
//   json.BeginObject();
//   json.Field("port", 3478);
//   json.Field("software", untrusted_text);   // escaped; invalid UTF-8 becomes U+FFFD
//   json.EndObject();
//   json.Take();                              // {"port":3478,"software":"..."}

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/bytes/result.h"

namespace koeru::inspect {

class JsonWriter {
 public:
  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }

  void Key(std::string_view name) {
    Text(name);
    text_ += ':';
    needs_comma_ = false;
  }
  // A JSON string. RFC 8259 section 7: quotes, backslashes and control characters are escaped.
  void Text(std::string_view value);
  void Number(uint64_t value);
  void Bool(bool value) { Raw(value ? "true" : "false"); }

  void Field(std::string_view name, std::string_view value) {
    Key(name);
    Text(value);
  }
  void Field(std::string_view name, const char* value) { Field(name, std::string_view(value)); }
  template <std::unsigned_integral T>
  void Field(std::string_view name, T value) {
    Key(name);
    if constexpr (std::same_as<T, bool>) {
      Bool(value);
    } else {
      Number(value);
    }
  }

  // A value that is JSON already.
  void Raw(std::string_view json) {
    Comma();
    text_ += json;
    needs_comma_ = true;
  }

  std::string Take() { return std::move(text_); }

 private:
  void Comma() {
    if (needs_comma_) text_ += ',';
  }
  void Open(char bracket) {
    Comma();
    text_ += bracket;
    needs_comma_ = false;
  }
  void Close(char bracket) {
    text_ += bracket;
    needs_comma_ = true;
  }

  std::string text_;
  bool needs_comma_ = false;
};

// {"reason":"...","offset":3}, and "field" when the error lies in a named part of the input.
std::string ErrorJson(const ParseError& error, std::string_view field = {});

}  // namespace koeru::inspect
