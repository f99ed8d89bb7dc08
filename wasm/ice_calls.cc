#include "core/bytes/hex.h"
#include "core/inspect/candidate_json.h"
#include "core/inspect/uri_json.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {

Answer ParseCandidate(Bytes input) {
  const Result<ice::Candidate> candidate = ice::Candidate::Parse(AsText(input));
  if (!candidate.ok()) return Failure(candidate.error());
  return Success(inspect::CandidateJson(*candidate));
}

Answer FormatCandidate(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  inspect::FormattedCandidate formatted = inspect::FormatCandidate(*fields);
  if (!formatted.ok) return Failure(formatted.error, formatted.field);
  return Success(std::move(formatted.line));
}

Answer ParseUri(Bytes input) {
  const Result<ice::Uri> uri = ice::Uri::Parse(AsText(input));
  if (!uri.ok()) return Failure(uri.error());
  return Success(inspect::UriJson(*uri));
}

}  // namespace koeru::wasm
