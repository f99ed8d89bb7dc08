#pragma once

// Writes JSON (RFC 8259) into a string, member after member.
//
//   JsonWriter json;
//   json.BeginObject();
//   json.Text("type", "host");
//   json.BeginArray("range"); json.Number(20); json.Number(32); json.EndArray();
//   json.EndObject();
//   json.Take();                     // {"type":"host","range":[20,32]}
//
// The name of a member is left out within an array. Text must be UTF-8, or ASCII: control bytes and
// quotes are escaped, and a byte that is no UTF-8 becomes U+FFFD, so that the result always parses.

#include <cstdint>
#include <string>
#include <string_view>

namespace koeru::wasm {

class JsonWriter {
 public:
  void BeginObject(std::string_view name = {}) { Open(name, '{'); }
  void EndObject() { Close('}'); }
  void BeginArray(std::string_view name = {}) { Open(name, '['); }
  void EndArray() { Close(']'); }

  void Text(std::string_view name, std::string_view value);
  void Text(std::string_view value) { Text({}, value); }
  void Number(std::string_view name, uint64_t value);
  void Number(uint64_t value) { Number({}, value); }
  void Bool(std::string_view name, bool value);

  std::string Take() { return std::move(out_); }

 private:
  void Begin(std::string_view name);
  void Open(std::string_view name, char bracket);
  void Close(char bracket);
  void Quote(std::string_view text);

  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace koeru::wasm
