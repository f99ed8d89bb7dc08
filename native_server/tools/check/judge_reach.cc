// Is somebody there, and does he speak STUN?

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/bytes/escape.h"
#include "native_server/tools/check/judge.h"

namespace koeru::tools {
namespace {

using net::Transport;
using server::LinkStatus;
using server::Trouble;

// "UDP port 3478"
std::string PortText(const CheckTarget& target) {
  return absl::StrCat(net::IsStream(target.at.transport) ? "TCP" : "UDP", " port ",
                      target.at.endpoint.port);
}

// Who asked for turn:host wants UDP first of all; the others are for networks that block it.
Level LevelOfAbsence(const CheckTarget& target) {
  if (target.at.is_asked_for) return Level::kFail;
  return target.at.transport == Transport::kDtls ? Level::kNote : Level::kWarn;
}

std::string_view WhoNeedsIt(const CheckTarget& target) {
  if (target.at.is_asked_for) return "";
  switch (target.at.transport) {
    case Transport::kTcp:
      return "; clients in networks that block UDP need it";
    case Transport::kTls:
      return "; clients in networks that let nothing but TLS out need it";
    case Transport::kDtls:
      return "; browsers do not use it";
    case Transport::kUdp:
      break;
  }
  return "; media needs it";
}

// Without TLS the port answers, or TLS began and failed.
Finding NoTls(const TargetFacts& facts, const std::string& what) {
  const bool stream = net::IsStream(facts.target.at.transport);
  return {LevelOfAbsence(facts.target), "reachable",
          absl::StrCat(what, facts.reach.speaks_plain ? ", but answers without it" : "",
                       WhoNeedsIt(facts.target)),
          absl::StrCat("give the server cert and pkey, and take ", stream ? "no-tls" : "no-dtls",
                       " away")};
}

Finding Absent(const TargetFacts& facts, const LinkStatus& status) {
  const CheckTarget& target = facts.target;
  const std::string port = PortText(target);
  const std::string_view name = server::TransportName(target.at.transport);
  const Level level = LevelOfAbsence(target);
  if (facts.reach.speaks_plain) return NoTls(facts, absl::StrCat(port, " speaks no ", name));
  switch (status.trouble) {
    case Trouble::kRefused:
      return {level, "reachable",
              absl::StrCat("refused: the machine is there, but nobody listens on ", port,
                           WhoNeedsIt(target)),
              absl::StrCat("start the server, or let it listen there (listening-port, "
                           "tls-listening-port; no-udp, no-tcp, no-tls and no-dtls close ports)")};
    case Trouble::kNoRoute:
      return {target.at.endpoint.address.is_v6() ? Level::kNote : level, "reachable",
              absl::StrCat("not tested: no way from here to ",
                           target.at.endpoint.address.ToString(), " (", status.text, ")"),
              target.at.endpoint.address.is_v6()
                  ? "test from a machine with IPv6"
                  : "look at the routes and the firewall of this machine"};
    case Trouble::kHandshake:
      return NoTls(facts, absl::StrCat("the ", name, " handshake failed: ", status.text));
    case Trouble::kClosed:
      return {level, "reachable",
              absl::StrCat(port, " takes the connection and closes it", WhoNeedsIt(target)),
              absl::StrCat("see what listens on ", port, ", and its log")};
    case Trouble::kNonsense:
      return {level, "reachable", absl::StrCat("what answers on ", port, " does not speak STUN"),
              absl::StrCat("another program has ", port, ": stop it, or change the port")};
    default:
      break;
  }
  return {
      level, "reachable",
      absl::StrCat("silence: ", port, " gives no answer, not even a refusal", WhoNeedsIt(target)),
      absl::StrCat("open ", port,
                   " in the server's firewall and its cloud's security group, "
                   "and see that this network lets it out")};
}

void JudgeAnswer(const TargetFacts& facts, Findings& findings) {
  const ReachFacts& reach = facts.reach;
  std::string text = absl::StrFormat("answer in %.1f ms", reach.answer_ms);
  if (!reach.software.empty()) absl::StrAppend(&text, ", by ", Escape(reach.software));
  if (reach.retransmissions == 0) {
    findings.push_back({Level::kOk, "reachable", std::move(text)});
  } else {
    findings.push_back({Level::kWarn, "reachable",
                        absl::StrCat(text, " after ", reach.retransmissions, " retransmission(s)"),
                        "packets are lost on the way: look for a full line or a rate limit"});
  }
  if (!reach.mapped) return;
  const bool behind_nat = reach.mapped->address != reach.local.address;
  findings.push_back({Level::kOk, "address",
                      absl::StrCat("this client is ", reach.mapped->ToString(), " to the server",
                                   behind_nat ? absl::StrCat(", behind a NAT (here it is ",
                                                             reach.local.ToString(), ")")
                                              : ", no NAT")});
}

// RFC 4787: what it means for calls without a relay.
void JudgeNat(const NatFacts& nat, Findings& findings) {
  if (nat.mapping == nat::Behaviour::kUnknown && nat.filtering == nat::Behaviour::kUnknown) return;
  const bool direct = nat.mapping == nat::Behaviour::kEndpointIndependent;
  std::string text = absl::StrCat("from here mapping is ", nat::ToText(nat.mapping), ", filtering ",
                                  nat::ToText(nat.filtering), " (RFC 4787)");
  if (nat.mapping != nat::Behaviour::kUnknown && !direct) {
    absl::StrAppend(&text, ": calls from here often need a relay");
  }
  findings.push_back({Level::kOk, "nat", std::move(text)});
}

}  // namespace

void JudgeReach(const TargetFacts& facts, Findings& findings) {
  const ReachFacts& reach = facts.reach;
  if (!reach.connected.ok()) {
    findings.push_back(Absent(facts, reach.connected));
    return;
  }
  if (const std::string& record = facts.target.at.record_host_port; !record.empty()) {
    const std::string_view scheme =
        std::string_view(facts.target.uri).substr(0, facts.target.uri.find(':'));
    findings.push_back({Level::kWarn, "dns",
                        absl::StrCat("only SRV or NAPTR records lead to ", record,
                                     "; browsers do not ask for them"),
                        absl::StrCat("write into the URIs that pages get: ", scheme, ":", record)});
  }
  if (reach.binding.ok) {
    JudgeAnswer(facts, findings);
    JudgeNat(facts.nat, findings);
  } else if (reach.binding.code != 0) {
    findings.push_back({LevelOfAbsence(facts.target), "reachable",
                        absl::StrCat("Binding is answered with ", OutcomeText(reach.binding)),
                        RemedyOf(reach.binding)});
  } else {
    findings.push_back(Absent(facts, reach.binding.status));
  }
}

}  // namespace koeru::tools
