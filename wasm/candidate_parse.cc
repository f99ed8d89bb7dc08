#include "core/bytes/hex.h"
#include "core/ice/candidate.h"
#include "wasm/calls.h"
#include "wasm/json_writer.h"

namespace koeru::wasm {
namespace {

// raddr, rport and tcptype in the place and order of the grammar become members of their own;
// what comes after them, or elsewhere, stays an extension. So nothing stands in two places, and
// FormatCandidate() finds the way back.
size_t WriteKnownExtensions(const ice::Candidate& candidate, JsonWriter& json) {
  const auto& extensions = candidate.extensions;
  size_t next = 0;
  auto is_next = [&](std::string_view name) {
    return next < extensions.size() && extensions[next].name == name;
  };
  if (is_next("raddr")) json.Text("relatedAddress", extensions[next++].value);
  if (is_next("rport")) {
    json.Number("relatedPort", *candidate.related_port());
    ++next;
  }
  if (is_next("tcptype")) json.Text("tcpType", extensions[next++].value);
  return next;
}

void WriteCandidate(const ice::Candidate& candidate, JsonWriter& json) {
  json.Text("foundation", candidate.foundation);
  json.Number("component", candidate.component);
  json.Text("transport", candidate.transport_text);
  json.Number("priority", candidate.priority);
  json.Text("address", candidate.host.text);
  json.Text("addressKind", ice::HostKindName(candidate.host.kind));
  json.Number("port", candidate.port);
  if (candidate.typ != "typ") json.Text("typ", candidate.typ);
  json.Text("type", candidate.type_text);
  const size_t first = WriteKnownExtensions(candidate, json);
  json.BeginArray("extensions");
  for (size_t i = first; i < candidate.extensions.size(); ++i) {
    json.BeginObject();
    json.Text("name", candidate.extensions[i].name);
    json.Text("value", candidate.extensions[i].value);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

Answer ParseCandidate(Bytes input) {
  const Result<ice::Candidate> candidate = ice::Candidate::Parse(AsText(input));
  if (!candidate.ok()) return Failure(candidate.error());
  JsonWriter json;
  json.BeginObject();
  json.Text("prefix", candidate->prefix);
  if (candidate->end_of_candidates) {
    json.Bool("endOfCandidates", true);
  } else {
    WriteCandidate(*candidate, json);
  }
  json.EndObject();
  return Success(json.Take());
}

}  // namespace koeru::wasm
