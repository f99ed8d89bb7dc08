#include "native_server/tools/check/judge.h"

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"

namespace koeru::tools {
namespace {

struct CodeRow {
  uint16_t code;
  std::string_view remedy;
};

// RFC 8489 section 14.8, RFC 8656 section 19: what each one asks of an operator.
constexpr CodeRow kRemedies[] = {
    {300, "the server sends clients elsewhere (redirect or drain): check the server it names"},
    {400, "the server takes the request for malformed: look into its log"},
    {403, "the server forbids it: look into its log for the rule"},
    {420, "the server does not know an attribute of the request: update it"},
    {437,
     "the server still has an allocation of this address and port: a NAT or firewall reuses "
     "ports too soon; try again in ten minutes"},
    {438,
     "the server calls each nonce stale: its workers or machines behind a balancer do not "
     "share the key of nonces, or stale-nonce is far too short"},
    {440, "the server has no relayed address of this family: give it one with relay-ip"},
    {441, "another user has an allocation on this address and port: try again"},
    {442, "the server does not relay UDP: switch that on (no-udp-relay must not be set)"},
    {486,
     "the user or the server is at its limit: raise user-quota, total-quota or bps-capacity, "
     "or wait for old allocations to end"},
    {500, "the server failed, perhaps for lack of its database: look into its log"},
    {508,
     "no port is left, or the server is draining (SIGUSR1): widen min-port to max-port, or "
     "use another server until it is back"},
};

}  // namespace

std::string_view LevelName(Level level) {
  constexpr std::string_view kNames[] = {"ok", "note", "warn", "FAIL"};
  return kNames[static_cast<size_t>(level)];
}

std::string OutcomeText(const RequestFacts& request) {
  if (request.ok) return "success";
  if (request.code != 0) {
    return absl::StrCat(request.code, " (", Escape(request.reason), ")",
                        request.alternate_server
                            ? absl::StrCat(", go to ", request.alternate_server->ToString())
                            : "");
  }
  if (request.failure == client::Failure::kIntegrityViolated) {
    return "answers that are not signed with the password";
  }
  if (request.failure == client::Failure::kMalformedAnswer) {
    return "an answer that lacks what it must have";
  }
  if (request.failure == client::Failure::kRequestTooLarge) return "a name too long for STUN";
  if (!request.status.ok() && request.status.trouble != server::Trouble::kSilent) {
    return request.status.text;
  }
  return "no answer";
}

std::string RemedyOf(const RequestFacts& request) {
  for (const CodeRow& row : kRemedies) {
    if (row.code == request.code) return std::string(row.remedy);
  }
  return {};
}

Findings Judge(const TargetFacts& facts, net::UnixTime now) {
  Findings findings;
  JudgeReach(facts, findings);
  JudgeCertificate(facts, now, findings);
  JudgeAuth(facts, findings);
  JudgeRelayed(facts, findings);
  JudgeEcho(facts, findings);
  JudgePath(facts, findings);
  return findings;
}

}  // namespace koeru::tools
