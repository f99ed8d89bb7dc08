// Does data get through, and how well?

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "native_server/tools/check/judge.h"

namespace koeru::tools {
namespace {

// What a WebRTC packet of 1200 bytes is on the wire, with IPv4 and UDP.
constexpr size_t kMediaPacket = 1228;
constexpr double kHighLoss = 0.02;
constexpr double kLongDelayMs = 300;

Finding Fail(std::string text, std::string remedy) {
  return {Level::kFail, "echo", std::move(text), std::move(remedy)};
}

std::string PeerRemedy(const TargetFacts& facts) {
  if (facts.echo.peer) {
    return absl::StrCat("allow it with allowed-peer-ip=", facts.echo.peer->address.ToString(),
                        ", or name a peer in another network");
  }
  const net::Address& own = facts.relay.relayed->address;
  if (own.IsLoopback()) {
    return "test from another machine, or set allow-loopback-peers for the test; or name a peer "
           "with --echo-peer ADDRESS:PORT";
  }
  return absl::StrCat(
      "two clients of this server cannot talk through it: allow its own address "
      "(allowed-peer-ip=",
      own.ToString(),
      "), or name a peer with --echo-peer "
      "ADDRESS:PORT");
}

std::string NotThrough(const TargetFacts& facts) {
  if (facts.echo.peer) {
    return "see that a UDP echo service runs there, and that its firewall lets the server in";
  }
  return "see that the server's firewall lets UDP of min-port to max-port (49152-65535) in from "
         "its own address; behind a NAT, that the NAT leads its public address back (hairpin)";
}

// False: there is nothing more to say.
bool JudgeRequests(const TargetFacts& facts, Findings& findings) {
  const EchoFacts& echo = facts.echo;
  if (echo.second_allocation.asked && !echo.second_allocation.ok) {
    const bool quota = echo.second_allocation.code == 486;
    findings.push_back({quota ? Level::kWarn : Level::kFail, "echo",
                        absl::StrCat("not tested: the second allocation got ",
                                     OutcomeText(echo.second_allocation)),
                        quota ? "raise user-quota: a call can need two allocations; or name a "
                                "peer with --echo-peer ADDRESS:PORT"
                              : RemedyOf(echo.second_allocation)});
    return false;
  }
  if (!echo.permission.asked) return false;
  if (echo.permission.code == 403) {
    findings.push_back({echo.peer ? Level::kFail : Level::kWarn, "echo",
                        absl::StrCat("not tested: the server refuses ",
                                     echo.peer ? echo.peer->address.ToString()
                                               : facts.relay.relayed->address.ToString(),
                                     " as a peer"),
                        PeerRemedy(facts)});
    return false;
  }
  if (!echo.permission.ok) {
    findings.push_back(Fail(absl::StrCat("CreatePermission: ", OutcomeText(echo.permission)),
                            "look into the server's log"));
    return false;
  }
  return true;
}

void JudgePacketSize(const PathFacts& path, bool dont_fragment, Findings& findings) {
  if (path.largest_packet == 0 && path.too_large_packet == 0) return;
  const std::string_view how = dont_fragment ? ", unfragmented" : "";
  if (path.largest_packet < kMediaPacket) {
    findings.push_back({Level::kFail, "mtu",
                        absl::StrCat("packets of ", path.too_large_packet,
                                     " bytes are lost, and media has up to ", kMediaPacket),
                        "see the MTU of the server's interface, of tunnels and VPNs, and let ICMP "
                        "\"fragmentation needed\" and \"packet too big\" through"});
    return;
  }
  findings.push_back({Level::kOk, "mtu",
                      absl::StrCat("IP packets of ", path.largest_packet, " bytes go through", how,
                                   path.too_large_packet > 0
                                       ? absl::StrCat(", of ", path.too_large_packet, " do not")
                                       : "")});
}

void JudgeDelay(const PathFacts& path, Findings& findings) {
  if (path.sent == 0) return;
  const int lost = path.sent - path.received;
  std::string text = absl::StrFormat(
      "min %.2f, median %.2f, 95th percentile %.2f ms round trip; lost "
      "%d of %d",
      path.min_ms, path.median_ms, path.p95_ms, lost, path.sent);
  if (lost > path.sent * kHighLoss) {
    findings.push_back({Level::kWarn, "delay", std::move(text),
                        "packets are lost at a low rate already: look for a full line, bad Wi-Fi "
                        "or a rate limit (max-bps)"});
  } else if (path.p95_ms > kLongDelayMs) {
    findings.push_back({Level::kWarn, "delay", std::move(text),
                        "conversation suffers: use a server that is nearer"});
  } else {
    findings.push_back({Level::kOk, "delay", std::move(text)});
  }
}

void JudgeThroughput(const PathFacts& path, Findings& findings) {
  if (path.burst_kbps == 0) return;
  const double lost =
      path.burst_sent == 0 ? 1 : 1 - static_cast<double>(path.burst_received) / path.burst_sent;
  std::string text = absl::StrFormat("%d kbit/s sent for 2 s, %.0f arrived; lost %.1f %%",
                                     path.burst_kbps, path.arrived_kbps, lost * 100);
  if (lost <= kHighLoss && path.arrived_kbps >= 0.8 * path.burst_kbps) {
    findings.push_back({Level::kOk, "throughput", std::move(text)});
    return;
  }
  findings.push_back({Level::kWarn, "throughput", std::move(text),
                      "raise max-bps (bytes in a second), or look for the narrow place between "
                      "here and the server; --rate asks for less"});
}

}  // namespace

void JudgeEcho(const TargetFacts& facts, Findings& findings) {
  const EchoFacts& echo = facts.echo;
  if (!JudgeRequests(facts, findings)) return;
  const std::string way =
      echo.peer ? absl::StrCat("client, relay, ", echo.peer->ToString(), ", relay, client")
                : "client, relay, relay, client";
  if (echo.with_indications && echo.with_channels) {
    findings.push_back({Level::kOk, "echo",
                        absl::StrCat(way, ": with Send and Data indications, and in channels")});
  } else if (!echo.channel.ok && echo.channel.asked) {
    findings.push_back(Fail(absl::StrCat("ChannelBind: ", OutcomeText(echo.channel)),
                            "look into the server's log"));
  } else if (echo.with_indications || echo.with_channels) {
    findings.push_back(Fail(
        absl::StrCat(way, ": only ", echo.with_channels ? "channels work" : "indications work"),
        "the server is broken: update it"));
  } else {
    findings.push_back(Fail(absl::StrCat(way, ": nothing arrives"), NotThrough(facts)));
  }
}

void JudgePath(const TargetFacts& facts, Findings& findings) {
  JudgePacketSize(facts.path, facts.relay.dont_fragment, findings);
  JudgeDelay(facts.path, findings);
  JudgeThroughput(facts.path, findings);
}

}  // namespace koeru::tools
