#include "wasm/answer.h"

#include "wasm/json_writer.h"

namespace koeru::wasm {

Answer Failure(const ParseError& error) {
  JsonWriter json;
  json.BeginObject();
  json.Text("reason", error.reason);
  json.Number("offset", error.offset);
  json.EndObject();
  return {false, json.Take()};
}

Answer FieldFailure(std::string_view field, const ParseError& error) {
  JsonWriter json;
  json.BeginObject();
  json.Text("reason", error.reason);
  json.Text("field", field);
  json.Number("offset", error.offset);
  json.EndObject();
  return {false, json.Take()};
}

Answer FieldFailure(std::string_view field, std::string_view reason) {
  JsonWriter json;
  json.BeginObject();
  json.Text("reason", reason);
  json.Text("field", field);
  json.EndObject();
  return {false, json.Take()};
}

}  // namespace koeru::wasm
