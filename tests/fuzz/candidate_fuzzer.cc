// koeru_fuzzer deps: koeru_ice koeru_inspect
//
// Candidate lines: what is accepted prints back byte for byte and takes the way over the fields of
// koeru.js unharmed; what is refused has its error inside of the line.

#include <string>
#include <vector>

#include "core/bytes/hex.h"
#include "core/ice/candidate.h"
#include "core/inspect/candidate_json.h"
#include "core/inspect/json_writer.h"
#include "tests/fuzz/require.h"

namespace {

using koeru::fuzz::Require;

// The fields as js/src/candidate.ts passes them.
void CheckFields(const koeru::ice::Candidate& c, std::string_view line) {
  const std::string component = std::to_string(c.component);
  const std::string priority = std::to_string(c.priority);
  const std::string port = std::to_string(c.port);
  const std::string related_port = c.related_port ? std::to_string(*c.related_port) : "";
  std::vector<std::string_view> fields = {
      c.prefix,
      c.foundation,
      component,
      c.end_of_candidates ? "" : c.transport_text,
      priority,
      c.host.text,
      port,
      c.end_of_candidates ? "" : c.type_text,
      c.related_host ? c.related_host->text : std::string_view(),
      related_port};
  for (const koeru::ice::Extension& extension : c.extensions) {
    fields.push_back(extension.name);
    fields.push_back(extension.value);
  }
  const koeru::inspect::FormattedCandidate formatted = koeru::inspect::FormatCandidate(fields);
  Require(formatted.ok, "formatted.ok");
  Require(formatted.line == line, "formatted.line == line");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view line = koeru::AsText({data, size});
  const auto candidate = koeru::ice::Candidate::Parse(line);
  if (!candidate.ok()) {
    Require(candidate.error().offset <= line.size(), "candidate.error().offset <= line.size()");
    Require(!candidate.error().reason.empty(), "!candidate.error().reason.empty()");
    return 0;
  }
  Require(candidate->ToString() == line, "candidate->ToString() == line");
  CheckFields(*candidate, line);
  Require(!koeru::inspect::CandidateJson(*candidate).empty(),
          "!koeru::inspect::CandidateJson(*candidate).empty()");
  return 0;
}
