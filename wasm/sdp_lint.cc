#include "core/sdp/checks/lint.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {
namespace {

void WriteFinding(inspect::JsonWriter& json, const sdp::Finding& finding) {
  json.BeginObject();
  json.Field("rule", finding.rule);
  json.Field("severity", sdp::SeverityName(finding.severity));
  json.Field("message", finding.message);
  json.Field("line", uint64_t{finding.line});
  json.Field("column", uint64_t{finding.column});
  if (finding.section) json.Field("section", uint64_t{*finding.section});
  if (!finding.rfc.empty()) json.Field("rfc", finding.rfc);
  json.EndObject();
}

sdp::DescriptionType TypeFrom(std::string_view name) {
  if (name == "offer") return sdp::DescriptionType::kOffer;
  // A provisional answer is judged as an answer.
  if (name == "answer" || name == "pranswer") return sdp::DescriptionType::kAnswer;
  return sdp::DescriptionType::kUnknown;
}

}  // namespace

Answer LintSdp(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->size() != 3) return Failure({"needs a mode, a type and a description", 0});
  const sdp::Mode mode = (*fields)[0] == "strict" ? sdp::Mode::kStrict : sdp::Mode::kLenient;
  const sdp::Document document = sdp::Document::Parse((*fields)[2]);
  inspect::JsonWriter json;
  json.BeginArray();
  for (const sdp::Finding& finding : sdp::Lint(document, mode, TypeFrom((*fields)[1]))) {
    WriteFinding(json, finding);
  }
  json.EndArray();
  return Success(json.Take());
}

}  // namespace koeru::wasm
