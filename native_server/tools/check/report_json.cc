#include "absl/strings/str_format.h"
#include "core/bytes/escape.h"
#include "core/inspect/json_writer.h"
#include "native_server/tools/check/judge.h"
#include "native_server/tools/check/report.h"

namespace koeru::tools {
namespace {

using inspect::JsonWriter;

void Decimal(JsonWriter& json, std::string_view name, double value) {
  json.Key(name);
  json.Raw(absl::StrFormat("%.3f", value));
}

void Count(JsonWriter& json, std::string_view name, int64_t value) {
  json.Key(name);
  json.Raw(absl::StrFormat("%d", value));
}

void Address(JsonWriter& json, std::string_view name, const std::optional<net::Endpoint>& value) {
  if (value) json.Field(name, value->ToString());
}

// Left out when nobody asked.
void Request(JsonWriter& json, std::string_view name, const RequestFacts& request) {
  if (!request.asked) return;
  json.Key(name);
  json.BeginObject();
  json.Field("ok", request.ok);
  if (request.code != 0) json.Field("code", request.code);
  if (!request.reason.empty()) json.Field("reason", request.reason);
  if (!request.ok && request.code == 0) json.Field("outcome", OutcomeText(request));
  Address(json, "alternate_server", request.alternate_server);
  json.EndObject();
}

void Tls(JsonWriter& json, const server::TlsFacts& tls) {
  json.Key("tls");
  json.BeginObject();
  json.Field("version", tls.version);
  json.Field("cipher_suite", tls.cipher_suite);
  if (!tls.alpn.empty()) json.Field("alpn", tls.alpn);
  if (tls.certificate) {
    json.Field("subject", tls.certificate->subject);
    json.Field("issuer", tls.certificate->issuer);
    json.Key("names");
    json.BeginArray();
    for (const std::string& name : tls.certificate->names) json.Text(name);
    json.EndArray();
    Count(json, "not_before", tls.certificate->not_before);
    Count(json, "not_after", tls.certificate->not_after);
    json.Field("chain_length", tls.certificate->chain_length);
    json.Field("self_signed", tls.certificate->is_self_signed);
    json.Field("trusted", tls.certificate->problems.empty());
  }
  json.EndObject();
}

void Reach(JsonWriter& json, const ReachFacts& reach) {
  json.Key("reach");
  json.BeginObject();
  json.Field("connected", reach.connected.ok());
  if (!reach.connected.ok()) json.Field("error", reach.connected.text);
  Decimal(json, "connect_ms", reach.connect_ms);
  Request(json, "binding", reach.binding);
  if (reach.binding.ok) Decimal(json, "answer_ms", reach.answer_ms);
  Count(json, "retransmissions", reach.retransmissions);
  Address(json, "mapped", reach.mapped);
  if (reach.binding.asked) json.Field("local", reach.local.ToString());
  if (!reach.software.empty()) json.Field("software", reach.software);
  json.EndObject();
}

void Nat(JsonWriter& json, const NatFacts& nat) {
  if (nat.mapping == nat::Behaviour::kUnknown && nat.filtering == nat::Behaviour::kUnknown) return;
  json.Key("nat");
  json.BeginObject();
  json.Field("mapping", nat::ToText(nat.mapping));
  json.Field("filtering", nat::ToText(nat.filtering));
  json.EndObject();
}

void Relay(JsonWriter& json, const TargetFacts& facts) {
  if (!facts.auth.allocate.asked) return;
  json.Key("auth");
  json.BeginObject();
  if (facts.auth.realm) json.Field("realm", *facts.auth.realm);
  json.Field("nonce", facts.auth.has_nonce);
  Count(json, "challenges", facts.auth.challenges);
  Count(json, "stale_nonces", facts.auth.stale_nonces);
  Request(json, "allocate", facts.auth.allocate);
  json.EndObject();
  if (!facts.relay.relayed) return;
  json.Key("relay");
  json.BeginObject();
  Address(json, "relayed", facts.relay.relayed);
  json.Field("lifetime_s", facts.relay.lifetime_s);
  json.Field("dont_fragment", facts.relay.dont_fragment);
  Request(json, "outside_permission", facts.outside.permission);
  if (facts.outside.done) json.Field("outside_arrived", facts.outside.arrived);
  Address(json, "echo_peer", facts.echo.peer);
  Request(json, "second_allocation", facts.echo.second_allocation);
  Request(json, "permission", facts.echo.permission);
  Request(json, "channel", facts.echo.channel);
  if (facts.echo.permission.ok) {
    json.Field("echo_with_indications", facts.echo.with_indications);
    json.Field("echo_with_channels", facts.echo.with_channels);
  }
  json.EndObject();
}

void Path(JsonWriter& json, const PathFacts& path) {
  if (path.sent == 0 && path.largest_packet == 0) return;
  json.Key("path");
  json.BeginObject();
  if (path.largest_packet > 0) json.Field("largest_packet", path.largest_packet);
  if (path.too_large_packet > 0) json.Field("too_large_packet", path.too_large_packet);
  Count(json, "sent", path.sent);
  Count(json, "received", path.received);
  Decimal(json, "min_ms", path.min_ms);
  Decimal(json, "median_ms", path.median_ms);
  Decimal(json, "p95_ms", path.p95_ms);
  if (path.burst_kbps > 0) {
    Count(json, "burst_kbps", path.burst_kbps);
    Count(json, "burst_sent", path.burst_sent);
    Count(json, "burst_received", path.burst_received);
    Decimal(json, "arrived_kbps", path.arrived_kbps);
  }
  json.EndObject();
}

void Target(JsonWriter& json, const JudgedTarget& target) {
  const CheckTarget& at = target.facts.target;
  json.BeginObject();
  json.Field("transport", server::TransportName(at.at.transport));
  json.Field("address", at.at.endpoint.ToString());
  json.Field("asked_for", at.at.is_asked_for);
  Reach(json, target.facts.reach);
  Nat(json, target.facts.nat);
  if (target.facts.reach.tls) Tls(json, *target.facts.reach.tls);
  Relay(json, target.facts);
  Path(json, target.facts.path);
  json.Key("findings");
  json.BeginArray();
  for (const Finding& finding : target.findings) {
    json.BeginObject();
    json.Field("level", LevelName(finding.level));
    json.Field("topic", finding.topic);
    json.Field("text", finding.text);
    if (!finding.remedy.empty()) json.Field("remedy", finding.remedy);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

void Uri(JsonWriter& json, const CheckedUri& checked) {
  json.BeginObject();
  json.Field("uri", checked.uri);
  json.Key("lookups");
  json.BeginArray();
  for (const server::Lookup& lookup : checked.lookups) {
    json.BeginObject();
    json.Field("name", lookup.name);
    json.Field("type", lookup.type);
    json.Key("answers");
    json.BeginArray();
    for (const std::string& answer : lookup.answers) json.Text(answer);
    json.EndArray();
    if (!lookup.error.empty()) json.Field("error", lookup.error);
    json.EndObject();
  }
  json.EndArray();
  json.Key("targets");
  json.BeginArray();
  for (const JudgedTarget& target : checked.targets) Target(json, target);
  json.EndArray();
  json.EndObject();
}

}  // namespace

std::string ReportJson(const std::vector<CheckedUri>& uris, const Verdict& verdict) {
  JsonWriter json;
  json.BeginObject();
  json.Field("good", verdict.good);
  json.Field("summary", verdict.summary);
  json.Key("problems");
  json.BeginArray();
  for (const Problem& problem : verdict.problems) {
    json.BeginObject();
    json.Field("level", LevelName(problem.level));
    json.Field("where", problem.where);
    json.Field("text", problem.text);
    json.Field("remedy", problem.remedy);
    json.EndObject();
  }
  json.EndArray();
  json.Key("uris");
  json.BeginArray();
  for (const CheckedUri& checked : uris) Uri(json, checked);
  json.EndArray();
  json.EndObject();
  return json.Take() + "\n";
}

}  // namespace koeru::tools
