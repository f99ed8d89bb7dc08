// Is the relayed address one that others can reach?

#include "absl/strings/str_cat.h"
#include "core/relay/special_ranges.h"
#include "native_server/tools/check/judge.h"

namespace koeru::tools {
namespace {

// The classic error: a server behind a NAT that tells its inner address.
std::string ExternalIpRemedy(const net::Address& server, const net::Address& relayed) {
  return absl::StrCat("set external-ip=", server.ToString(), "/", relayed.ToString(),
                      " (public/inner address)");
}

void JudgeOutside(const TargetFacts& facts, Findings& findings) {
  const OutsideFacts& outside = facts.outside;
  const net::Endpoint& relayed = *facts.relay.relayed;
  const net::Address& server = facts.target.at.endpoint.address;
  if (!outside.done) {
    if (!outside.permission.asked) return;
    findings.push_back(
        {Level::kNote, "outside",
         absl::StrCat("whether peers reach ", relayed.ToString(), " cannot be seen from here: ",
                      "asked to let this machine's address in, the server says ",
                      OutcomeText(outside.permission)),
         "test from a machine in another network; servers refuse private and their own addresses"});
    return;
  }
  if (outside.arrived) {
    findings.push_back({Level::kOk, "outside", "a datagram from here to it reaches the client"});
    return;
  }
  const bool same = relayed.address == server || relayed.address.family() != server.family();
  if (same && outside.same_machine) {
    findings.push_back({Level::kNote, "outside",
                        "whether peers reach it cannot be seen from the server's own machine",
                        "test from a machine in another network"});
    return;
  }
  // Over TCP or TLS, this network may be one that lets no UDP out at all.
  const Level level = net::IsStream(facts.target.at.transport) ? Level::kWarn : Level::kFail;
  findings.push_back(
      {level, "outside",
       absl::StrCat("a datagram from here to ", relayed.ToString(), " does not reach the client"),
       absl::StrCat(same ? ""
                         : absl::StrCat("the server is at ", server.ToString(),
                                        ": correct external-ip; or "),
                    "open the UDP ports of min-port to max-port (49152-65535) in the server's "
                    "firewall and its cloud's security group")});
}

}  // namespace

void JudgeRelayed(const TargetFacts& facts, Findings& findings) {
  if (!facts.relay.relayed) return;
  const net::Endpoint& relayed = *facts.relay.relayed;
  const net::Address& server = facts.target.at.endpoint.address;
  const relay::SpecialRange* range = relay::FindSpecialRange(relayed.address);
  const std::string text = absl::StrCat(relayed.ToString(), " for ", facts.relay.lifetime_s, " s");
  if (relayed.address.IsUnspecified()) {
    findings.push_back({Level::kFail, "relayed", absl::StrCat(text, ": no address at all"),
                        "set relay-ip, and external-ip behind a NAT"});
    return;
  }
  if (range != nullptr && relay::FindSpecialRange(server) == nullptr) {
    findings.push_back({Level::kFail, "relayed",
                        absl::StrCat(text, ": ", range->name,
                                     ", which peers on the internet "
                                     "cannot reach"),
                        ExternalIpRemedy(server, relayed.address)});
    return;
  }
  if (relayed.address == server) {
    findings.push_back({Level::kOk, "relayed", absl::StrCat(text, ", the server's address")});
  } else {
    findings.push_back(
        {Level::kOk, "relayed",
         absl::StrCat(text, ", another address than the server's ", server.ToString())});
  }
  JudgeOutside(facts, findings);
}

}  // namespace koeru::tools
