// koeru_fuzzer deps: koeru_inspect koeru_sdp
//
// Typed lines of a session description. What a strict decoder takes is written as the same text,
// and a lenient one takes it, too, if with fewer spaces around a field. What a lenient decoder
// takes is written so that a strict one reads the same value, or, where strict has no words for it,
// a lenient one. JSON is a way back to the line.

#include <string>

#include "core/inspect/sdp_fields.h"
#include "core/inspect/sdp_json.h"
#include "core/sdp/typed_line.h"
#include "tests/core/inspect/json_leaves.h"
#include "tests/fuzz/require.h"

namespace {

using koeru::fuzz::Require;
using koeru::inspect::FieldSyntax;
using koeru::inspect::JsonLeaves;
using koeru::inspect::JsonSyntax;
using koeru::sdp::Mode;
using koeru::sdp::TypedLine;

TypedLine Typed(std::string_view line) {
  return TypedLine(koeru::sdp::Line(line, koeru::sdp::LineEnding::kNone));
}

std::optional<std::string> Json(std::string_view line, Mode mode) {
  JsonSyntax json;
  if (const auto error = Typed(line).DecodeInto(json, mode)) {
    Require(error->offset <= line.size(), "error->offset <= line.size()");
    Require(!error->reason.empty(), "!error->reason.empty()");
    return std::nullopt;
  }
  return json.Take();
}

// Reads in the mode `from`, writes in the mode `to`.
std::optional<std::string> Rewrite(std::string_view line, Mode from, Mode to) {
  const TypedLine typed = Typed(line);
  koeru::sdp::Encoder encoder(to);
  if (typed.DecodeInto(encoder, from) || !encoder.ok()) return std::nullopt;
  return koeru::sdp::LineText(*typed.row(), encoder.Take());
}

void CheckJson(std::string_view line, const std::string& json, Mode mode,
               const std::string& written) {
  // Bytes that are no UTF-8 do not go through JSON.
  if (json.find("\xEF\xBF\xBD") != std::string::npos) return;
  const JsonLeaves leaves(json);
  const auto views = leaves.Views();
  FieldSyntax from(views);
  const auto back = koeru::sdp::EncodeLine(*Typed(line).row(), from, mode);
  Require(back.ok(), "back.ok()");
  Require(*back == written, "*back == written");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  if (Typed(line).row() == nullptr) return 0;

  const auto strict = Json(line, Mode::kStrict);
  const auto lenient = Json(line, Mode::kLenient);
  Require(!strict || lenient, "lenient takes what strict takes");
  if (strict) {
    Require(Rewrite(line, Mode::kStrict, Mode::kStrict) == line, "strict text comes back");
    const auto rewritten = Rewrite(line, Mode::kStrict, Mode::kLenient);
    Require(rewritten ? *rewritten == line : *strict != *lenient, "so it does leniently");
    CheckJson(line, *strict, Mode::kStrict, std::string(line));
  }
  if (!lenient) return 0;
  const auto written = Rewrite(line, Mode::kLenient, Mode::kLenient);
  Require(written.has_value(), "a lenient value is written");
  const auto again = Json(*written, Mode::kStrict);
  Require((again ? again : Json(*written, Mode::kLenient)) == lenient, "the value stays");
  const bool is_strict = Rewrite(line, Mode::kLenient, Mode::kStrict).has_value();
  Require(is_strict == again.has_value(), "a strict encoder writes what a strict decoder reads");
  CheckJson(line, *lenient, Mode::kLenient, *written);
  return 0;
}
