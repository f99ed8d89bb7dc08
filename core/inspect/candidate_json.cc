#include "core/inspect/candidate_json.h"

#include <array>
#include <utility>
#include <vector>

#include "core/ice/priority.h"
#include "core/inspect/json_writer.h"

namespace koeru::inspect {
namespace {

// The order of FormatCandidate()'s fields.
enum FieldIndex : size_t {
  kPrefix,
  kFoundation,
  kComponent,
  kTransport,
  kPriority,
  kAddress,
  kPort,
  kType,
  kRelatedAddress,
  kRelatedPort,
  kFirstExtension,
};
constexpr std::array<std::string_view, kFirstExtension> kFieldNames = {
    "prefix",  "foundation", "component", "transport",      "priority",
    "address", "port",       "type",      "relatedAddress", "relatedPort"};

std::string FieldName(size_t index) {
  if (index < kFirstExtension) return std::string(kFieldNames[index]);
  const size_t extension = (index - kFirstExtension) / 2;
  const bool is_name = (index - kFirstExtension) % 2 == 0;
  return "extensions[" + std::to_string(extension) + "]" + (is_name ? ".name" : ".value");
}

FormattedCandidate Failed(std::string_view reason, size_t offset, size_t field) {
  return {{}, false, {reason, offset}, FieldName(field)};
}

// Writes the line and remembers where each field begins, so that an error in the line can be told
// as an error in a field.
class LineBuilder {
 public:
  void Add(std::string_view text, size_t field) {
    starts_.emplace_back(line_.size(), field);
    line_ += text;
  }
  void AddWord(std::string_view text, size_t field) {
    if (field != kFoundation) line_ += ' ';
    Add(text, field);
  }
  void AddKeyword(std::string_view text) { line_.append(" ").append(text); }

  FormattedCandidate Failed(const ParseError& error) const {
    std::pair<size_t, size_t> found{0, 0};
    for (const auto& start : starts_) {
      if (start.first <= error.offset) found = start;
    }
    return inspect::Failed(error.reason, error.offset - found.first, found.second);
  }
  const std::string& line() const { return line_; }

 private:
  std::string line_;
  std::vector<std::pair<size_t, size_t>> starts_;  // offset in the line, index of the field
};

void WriteExtensions(const ice::Candidate& c, JsonWriter& json) {
  json.Key("extensions");
  json.BeginArray();
  for (const ice::Extension& extension : c.extensions) {
    json.BeginObject();
    json.Field("name", extension.name);
    json.Field("value", extension.value);
    json.EndObject();
  }
  json.EndArray();
}

void WriteKnownExtensions(const ice::Candidate& c, JsonWriter& json) {
  if (const auto value = c.Find("tcptype")) json.Field("tcpType", *value);
  if (const auto value = c.generation()) json.Field("generation", *value);
  if (const auto value = c.ufrag()) json.Field("usernameFragment", *value);
  if (const auto value = c.network_id()) json.Field("networkId", *value);
  if (const auto value = c.network_cost()) json.Field("networkCost", *value);
}

void WritePriorityParts(uint32_t priority, JsonWriter& json) {
  const ice::PriorityParts parts = ice::SplitPriority(priority);
  json.Key("priorityParts");
  json.BeginObject();
  json.Field("typePreference", parts.type_preference);
  json.Field("localPreference", parts.local_preference);
  json.Field("component", parts.component);
  json.EndObject();
}

// A word with a space or nothing in it would shift all that follows.
FormattedCandidate CheckWords(std::span<const std::string_view> fields) {
  for (size_t i = kFoundation; i < fields.size(); ++i) {
    const bool optional = i == kRelatedAddress || i == kRelatedPort ||
                          (i > kFirstExtension && (i - kFirstExtension) % 2 == 1);
    if (fields[i].empty() && !optional) return Failed("is empty: give it a value", 0, i);
    const size_t space = fields[i].find(' ');
    if (space != std::string_view::npos) return Failed("has a space: remove it", space, i);
  }
  FormattedCandidate fine;
  fine.ok = true;
  return fine;
}

}  // namespace

std::string CandidateJson(const ice::Candidate& c) {
  JsonWriter json;
  json.BeginObject();
  json.Field("prefix", c.prefix);
  if (c.end_of_candidates) json.Field("endOfCandidates", true);
  json.Field("foundation", c.foundation);
  json.Field("component", c.component);
  json.Field("transport", c.end_of_candidates ? "" : c.transport_text);
  json.Field("priority", c.priority);
  json.Field("address", c.host.text);
  if (!c.end_of_candidates) json.Field("addressType", ice::HostKindName(c.host.kind));
  if (!c.host.zone.empty()) json.Field("zone", c.host.zone);
  json.Field("port", c.port);
  json.Field("type", c.end_of_candidates ? "" : c.type_text);
  if (c.related_host) json.Field("relatedAddress", c.related_host->text);
  if (c.related_port) json.Field("relatedPort", *c.related_port);
  WriteKnownExtensions(c, json);
  WriteExtensions(c, json);
  if (!c.end_of_candidates) WritePriorityParts(c.priority, json);
  json.EndObject();
  return json.Take();
}

FormattedCandidate FormatCandidate(std::span<const std::string_view> fields) {
  if (fields.size() < kFirstExtension) return Failed("is missing", 0, fields.size());
  if (fields.size() % 2 != 0) return Failed("is missing", 0, fields.size());
  const std::string_view prefix = fields[kPrefix];
  if (fields[kFoundation].empty() && fields[kType].empty()) {
    const auto parsed = ice::Candidate::Parse(prefix);
    if (parsed.ok() && parsed->end_of_candidates) {
      return {std::string(prefix), true, {}, {}};
    }
    return Failed("is empty: give it a value", 0, kFoundation);
  }
  if (!prefix.empty() && prefix != "candidate:" && prefix != "a=candidate:") {
    return Failed("is 'candidate:', 'a=candidate:' or empty", 0, kPrefix);
  }
  FormattedCandidate checked = CheckWords(fields);
  if (!checked.ok) return checked;

  LineBuilder builder;
  builder.Add(prefix, kPrefix);
  for (size_t i = kFoundation; i < kType; ++i) builder.AddWord(fields[i], i);
  builder.AddKeyword("typ");
  builder.AddWord(fields[kType], kType);
  for (size_t i : {kRelatedAddress, kRelatedPort}) {
    if (fields[i].empty()) continue;
    builder.AddKeyword(i == kRelatedAddress ? "raddr" : "rport");
    builder.AddWord(fields[i], i);
  }
  for (size_t i = kFirstExtension; i < fields.size(); ++i) builder.AddWord(fields[i], i);

  const auto parsed = ice::Candidate::Parse(builder.line());
  if (!parsed.ok()) return builder.Failed(parsed.error());
  return {builder.line(), true, {}, {}};
}

}  // namespace koeru::inspect
