#include "core/inspect/json_writer.h"

#include "core/bytes/escape.h"

namespace koeru::inspect {
namespace {

void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto byte = static_cast<uint8_t>(c);
  if (byte >= 0x20 && byte != 0x7F) {
    out += c;
    return;
  }
  out += "\\u00";
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
}

}  // namespace

void JsonWriter::Text(std::string_view value) {
  Comma();
  text_ += '"';
  while (!value.empty()) {
    const size_t size = Utf8CharacterSize(value);
    if (size == 1) {
      AppendEscaped(text_, value[0]);
    } else if (size > 1) {
      text_ += value.substr(0, size);
    } else {
      text_ += "\xEF\xBF\xBD";  // U+FFFD
    }
    value.remove_prefix(size == 0 ? 1 : size);
  }
  text_ += '"';
  needs_comma_ = true;
}

void JsonWriter::Number(uint64_t value) { Raw(std::to_string(value)); }

std::string ErrorJson(const ParseError& error, std::string_view field) {
  JsonWriter json;
  json.BeginObject();
  json.Field("reason", error.reason);
  json.Field("offset", error.offset);
  if (!field.empty()) json.Field("field", field);
  json.EndObject();
  return json.Take();
}

}  // namespace koeru::inspect
