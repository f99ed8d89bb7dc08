#include "core/bytes/hex.h"
#include "core/inspect/sdp_fields.h"
#include "core/inspect/sdp_json.h"
#include "core/sdp/decoder.h"
#include "core/sdp/encoder.h"
#include "core/sdp/typed_line.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {
namespace {

void WriteError(inspect::JsonWriter& json, const sdp::SyntaxError& error) {
  json.Key("error");
  json.BeginObject();
  json.Field("reason", error.reason);
  if (!error.field.empty()) json.Field("field", error.field);
  json.Field("offset", uint64_t{error.offset});
  json.EndObject();
}

void WriteLine(inspect::JsonWriter& json, const sdp::Line& line, sdp::Mode mode) {
  json.BeginObject();
  const sdp::TypedLine typed(line);
  inspect::JsonSyntax value;
  if (typed.row() == nullptr) {
    json.Key("unknown");
    json.Bool(true);
  } else if (const auto error = typed.DecodeInto(value, mode)) {
    WriteError(json, *error);
  } else {
    json.Key("value");
    json.Raw(value.Take());
  }
  json.EndObject();
}

}  // namespace

Answer DecodeSdpLines(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->empty()) return Failure({"needs a mode, strict or lenient", 0});
  const sdp::Mode mode = fields->front() == "strict" ? sdp::Mode::kStrict : sdp::Mode::kLenient;
  inspect::JsonWriter json;
  json.BeginArray();
  for (size_t i = 1; i < fields->size(); ++i) {
    WriteLine(json, sdp::Line((*fields)[i], sdp::LineEnding::kNone), mode);
  }
  json.EndArray();
  return Success(json.Take());
}

Answer EncodeSdpLine(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->size() % 2 == 0)
    return Failure({"needs a name, and then path and value in pairs", 0});
  const std::string_view name = fields->front();
  const sdp::Row* row = sdp::FindRow(name);
  if (row == nullptr) return Failure({"no such line or attribute is known", 0}, name);
  const std::span<const std::string_view> leaves(*fields);
  inspect::FieldSyntax from(leaves.subspan(1));
  const auto line = sdp::EncodeLine(*row, from);
  if (line.ok()) return Success(*line);
  inspect::JsonWriter json;
  json.BeginObject();
  json.Field("reason", line.error().reason);
  json.Field("offset", uint64_t{line.error().offset});
  if (!line.error().field.empty()) json.Field("field", line.error().field);
  json.EndObject();
  return {false, json.Take()};
}

}  // namespace koeru::wasm
