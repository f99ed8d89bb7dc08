#include "native_server/config/risks.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/relay/special_ranges.h"
#include "native_server/config/parse_value.h"

namespace koeru::server {
namespace {

using Risks = std::vector<std::string>;

// Shorter ones can be guessed by who has one credential made with it.
constexpr size_t kGoodSecretBytes = 16;
constexpr uint16_t kFirstDynamicPort = 49152;  // RFC 8656 section 7.2, RFC 6335 section 6
constexpr int kFewPorts = 100;

void Administration(const ServerOptions& o, Risks& risks) {
  if (!o.web_admin || !o.web_admin_ip || o.web_admin_ip->IsLoopback()) return;
  risks.push_back(absl::StrCat(
      "web-admin-ip=", o.web_admin_ip->ToString(),
      ": whoever reaches it can try passwords; leave it out and come through ssh -L, or let a "
      "firewall close the port"));
}

void WhoMayUseIt(const ServerOptions& o, Risks& risks) {
  if (o.no_auth) {
    risks.push_back(
        "no-auth: an open relay: everybody who reaches it sends traffic in your name; "
        "write static-auth-secret=... or user=name:password instead");
  }
  if (o.demo) {
    risks.push_back(
        "demo: loopback and private peers are open and the page gives credentials to "
        "everybody: for a first try, never on the internet; leave demo out");
  } else if (o.WebHttpsPort() != 0 && !o.static_auth_secrets.empty()) {
    risks.push_back(
        "https-port: everybody who opens /ice-servers gets a credential for an hour; "
        "when that is too open, leave https-port out and hand out credentials yourself");
  }
  if (o.realm.empty() && !o.no_auth && !o.demo) {
    risks.push_back(
        "no realm is given: the host's name is taken, and when that changes clients "
        "with stored keys are locked out; write realm=...");
  }
  for (const std::string& secret : o.static_auth_secrets) {
    if (secret.size() >= kGoodSecretBytes) continue;
    risks.push_back(
        "static-auth-secret is short: who holds one credential can try secrets until "
        "one fits; make one with: openssl rand -hex 24");
  }
  if (o.stale_nonce_s == 0) {
    risks.push_back(
        "stale-nonce=0: a recorded request can be replayed for ever; leave it out, and "
        "600 seconds count");
  }
}

// The ranges that are closed by default and that an allowed one opens.
void AllowedPeers(const ServerOptions& o, Risks& risks) {
  for (const relay::AddressRange& allowed : o.allowed_peers) {
    std::vector<std::string> opened;
    for (const relay::SpecialRange& special : relay::SpecialRanges()) {
      const relay::AddressRange closed = RangeOf(special.prefix);
      if (closed.first.family() != allowed.first.family()) continue;
      if (closed.first <= allowed.last && allowed.first <= closed.last) {
        opened.push_back(absl::StrCat(special.prefix.ToString(), " (", special.name, ")"));
      }
    }
    if (opened.empty()) continue;
    const size_t more = opened.size() > 3 ? opened.size() - 3 : 0;
    opened.resize(opened.size() - more);
    risks.push_back(absl::StrCat(
        allowed.origin, ": allowed-peer-ip=", allowed.first.ToString(), "-",
        allowed.last.ToString(), " lets clients reach addresses that are closed by default: ",
        absl::StrJoin(opened, ", "), more > 0 ? absl::StrCat(" and ", more, " more") : "",
        "; allow only the addresses of the media servers behind it"));
  }
}

void Peers(const ServerOptions& o, const relay::RelayConfig& config, Risks& risks) {
  if (o.allow_loopback_peers) {
    risks.push_back(
        "allow-loopback-peers: clients reach every service of this machine that trusts "
        "127.0.0.1 and ::1; leave it out except in tests");
  }
  AllowedPeers(o, risks);
  for (const relay::RelayAddress& address : config.relay_addresses) {
    if (address.local != address.advertised) continue;
    const relay::SpecialRange* special = relay::FindSpecialRange(address.local);
    if (special == nullptr || o.demo) continue;
    risks.push_back(absl::StrCat("relayed addresses are of ", address.local.ToString(), " (",
                                 special->name,
                                 "), where peers on the internet cannot send to: "
                                 "write external-ip=PUBLIC/",
                                 address.local.ToString(), ", or relay-ip with a public address"));
  }
}

void Ports(const ServerOptions& o, Risks& risks) {
  if (o.min_port < kFirstDynamicPort) {
    risks.push_back(absl::StrCat("min-port ", o.min_port, ": below ", kFirstDynamicPort,
                                 " relayed addresses can take the "
                                 "port of another service (and firewalls open it); write min-port=",
                                 kFirstDynamicPort));
  }
  if (o.min_port <= o.listening_port && o.listening_port <= o.max_port) {
    risks.push_back(absl::StrCat("listening-port ", o.listening_port,
                                 " is one of the relayed "
                                 "ports ",
                                 o.min_port, " to ", o.max_port,
                                 "; choose ranges apart from each other"));
  }
  if (o.max_port - o.min_port + 1 < kFewPorts) {
    risks.push_back(absl::StrCat("min-port to max-port are ", o.max_port - o.min_port + 1,
                                 " ports: not more allocations than that exist at a time, and "
                                 "ports can be guessed; widen the range"));
  }
}

void Limits(const ServerOptions& o, Risks& risks) {
  if (o.user_quota == 0 && o.total_quota == 0) {
    risks.push_back(
        "neither user-quota nor total-quota: one user can take all ports; write "
        "user-quota=...");
  }
  if (o.amplification_bytes_per_second == 0) {
    risks.push_back(
        "amplification-limit=0: requests with a forged source make this server flood "
        "others; leave it out");
  }
  if (o.permission_lifetime_s > 300 || o.channel_lifetime_s > 600) {
    risks.push_back(
        "permission-lifetime or channel-lifetime is above RFC 8656's 300 and 600 "
        "seconds: peers can send for longer than clients expect; leave them out");
  }
}

void Process(const ServerOptions& o, Risks& risks) {
  if (::geteuid() == 0 && o.proc_user.empty()) {
    risks.push_back(
        "the server would run as root: write proc-user=..., or start it as another "
        "user");
  }
  if (o.extra_verbose || o.log_min_level == LogLevel::kDebug) {
    risks.push_back(
        "the log has addresses of clients and names of users in it (Verbose, "
        "log-min-level=debug): personal data; leave it out except in tests");
  }
}

}  // namespace

std::vector<std::string> FindRisks(const ServerOptions& options, const relay::RelayConfig& config) {
  Risks risks;
  WhoMayUseIt(options, risks);
  Administration(options, risks);
  Peers(options, config, risks);
  Ports(options, risks);
  Limits(options, risks);
  Process(options, risks);
  return risks;
}

}  // namespace koeru::server
