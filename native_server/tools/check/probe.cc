#include "native_server/tools/check/probe.h"

#include <algorithm>

#include "core/relay/shared_secret.h"
#include "core/relay/special_ranges.h"
#include "core/stun/error_code.h"
#include "native_server/client/turn_session.h"
#include "native_server/io/clock.h"
#include "native_server/io/interfaces.h"
#include "native_server/io/socket_address.h"
#include "native_server/tools/check/nat_probe.h"
#include "native_server/tools/check/relay_probe.h"

namespace koeru::tools {
namespace {

using net::Transport;
using server::Answer;
using server::Now;
using server::TurnSession;

constexpr int64_t kTenYears = int64_t{10} * 365 * 86400;

bool IsPlain(Transport transport) {
  return transport == Transport::kUdp || transport == Transport::kTcp;
}

stun::RetransmissionPolicy PolicyOf(Transport transport) {
  return net::IsStream(transport) ? stun::RetransmissionPolicy::Reliable()
                                  : stun::RetransmissionPolicy{};
}

// Without SOFTWARE: nobody needs to know who tests.
client::TurnClientConfig ConfigOf(const CheckTarget& target, std::string user,
                                  std::string password) {
  client::TurnClientConfig config;
  config.username = std::move(user);
  config.password = std::move(password);
  config.retransmission = PolicyOf(target.at.transport);
  return config;
}

void Bind(TurnSession& session, net::Duration timeout, ReachFacts& facts) {
  const Answer answer = session.Ask(client::BindingRequest{}, timeout);
  facts.binding = FactsOf(answer);
  facts.answer_ms = Milliseconds(answer.took);
  facts.retransmissions = answer.sent > 0 ? answer.sent - 1 : 0;
  facts.local = server::LocalEndpointOf(session.link().fd());
  if (const auto* bound = answer.As<client::Bound>()) facts.mapped = bound->mapped;
  facts.software = session.challenges().software;
}

// DONT-FRAGMENT is asked for, and left out where the server does not know it (420).
Answer Allocate(TurnSession& session, bool datagrams, net::Duration timeout, RelayFacts& facts) {
  client::AllocateRequest request;
  request.dont_fragment = datagrams;
  Answer answer = session.Ask(request, timeout);
  if (datagrams && answer.code == stun::error_code::kUnknownAttribute) {
    request.dont_fragment = false;
    answer = session.Ask(request, timeout);
  }
  if (const auto* allocated = answer.As<client::Allocated>()) {
    facts.relayed = allocated->relayed;
    facts.lifetime_s = allocated->lifetime_s;
    facts.dont_fragment = request.dont_fragment;
  }
  return answer;
}

void Release(TurnSession& session, net::Duration timeout) {
  session.Ask(client::RefreshRequest{0}, timeout);
}

bool IsSpecial(const net::Address& address) { return relay::FindSpecialRange(address) != nullptr; }

bool IsOfThisMachine(const net::Address& address) {
  const auto own = server::InterfaceAddresses();
  return address.IsLoopback() || std::find(own.begin(), own.end(), address) != own.end();
}

}  // namespace

RequestFacts FactsOf(const Answer& answer) {
  return {true,           answer.ok(),  answer.code, answer.reason, answer.alternate_server,
          answer.failure, answer.status};
}

double Milliseconds(net::Duration duration) { return static_cast<double>(duration.count()) / 1e6; }

absl::StatusOr<std::unique_ptr<Prober>> Prober::Make(ProbeOptions options) {
  server::TlsClientOptions tls;
  tls.report_only = true;
  tls.trusted_file = options.ca_file.empty() ? server::SystemTrustFile() : options.ca_file;
  tls.skip_unreadable_authorities = options.ca_file.empty();
  if (tls.trusted_file.empty()) {
    return absl::NotFoundError(
        "this system has no file of trusted authorities (package ca-certificates): name one with "
        "--ca-file");
  }
  std::unique_ptr<Prober> prober(new Prober(std::move(options)));
  // RFC 7443: the names of TURN and of STUN.
  for (const bool relays : {false, true}) {
    tls.alpn = {relays ? "stun.turn" : "stun.nat-discovery"};
    auto context = server::TlsContext::ForClient(tls);
    if (!context.ok()) return context.status();
    prober->contexts_.stream[relays ? 1 : 0] = *std::move(context);
  }
  tls.alpn.clear();
  tls.datagram = true;
  auto context = server::TlsContext::ForClient(tls);
  if (!context.ok()) return context.status();
  prober->contexts_.datagram = *std::move(context);
  return prober;
}

server::OpenedLink Prober::Open(const CheckTarget& target, bool dont_fragment) const {
  server::LinkOptions options;
  options.transport = target.at.transport;
  options.server = target.at.endpoint;
  options.server_name = target.host;
  options.timeout = options_.timeout;
  options.dont_fragment = dont_fragment;
  options.tls = net::IsStream(target.at.transport) ? contexts_.stream[target.relays ? 1 : 0]
                                                   : contexts_.datagram;
  return server::ClientLink::Open(options);
}

bool Prober::SpeaksPlain(const CheckTarget& target) const {
  CheckTarget plain = target;
  plain.at.transport = net::IsStream(target.at.transport) ? Transport::kTcp : Transport::kUdp;
  server::OpenedLink opened = Open(plain);
  if (!opened.status.ok()) return false;
  server::RandomTransactionIds ids;
  TurnSession session(std::move(opened.link), ConfigOf(plain, "", ""), ids);
  return session.Ask(client::BindingRequest{}, options_.timeout / 2).ok();
}

TargetFacts Prober::Run(const CheckTarget& target) const {
  TargetFacts facts;
  facts.target = target;
  const net::Instant begin = Now();
  server::OpenedLink opened = Open(target);
  facts.reach.connected = opened.status;
  facts.reach.connect_ms = Milliseconds(Now() - begin);
  const bool plain = IsPlain(target.at.transport);
  if (!opened.status.ok()) {
    const server::Trouble trouble = opened.status.trouble;
    const bool nobody = trouble == server::Trouble::kRefused ||
                        trouble == server::Trouble::kNoRoute ||
                        (trouble == server::Trouble::kSilent && net::IsStream(target.at.transport));
    facts.reach.speaks_plain = !plain && !nobody && SpeaksPlain(target);
    return facts;
  }
  if (!plain) facts.reach.tls = opened.link->tls();
  server::RandomTransactionIds ids;
  TurnSession session(std::move(opened.link), ConfigOf(target, options_.user, options_.password),
                      ids);
  Bind(session, options_.timeout, facts.reach);
  if (target.at.transport == Transport::kUdp && facts.reach.binding.ok) {
    facts.nat = ProbeNat(target.at.endpoint, facts.reach.local.address);
  }
  if (target.relays && facts.reach.binding.ok) TestRelay(target, session, facts);
  return facts;
}

void Prober::TestRelay(const CheckTarget& target, TurnSession& session, TargetFacts& facts) const {
  AuthFacts& auth = facts.auth;
  auth.user = options_.user;
  auth.made_from_secret = !options_.secret.empty();
  if (const auto name = relay::ParseTimeLimitedName(options_.user)) {
    auth.expires_in_s = name->expiry.seconds - server::WallNow().seconds;
  }
  const Answer answer =
      Allocate(session, !net::IsStream(target.at.transport), options_.timeout, facts.relay);
  auth.allocate = FactsOf(answer);
  auth.challenges = session.challenges().unauthenticated;
  auth.stale_nonces = session.challenges().stale_nonce;
  auth.realm = session.challenges().realm;
  auth.has_nonce = session.challenges().has_nonce;
  if (!facts.relay.relayed) {
    if (answer.code == stun::error_code::kUnauthenticated && auth.made_from_secret) {
      auth.later_name_works = IsLaterNameLetIn(target);
    }
    return;
  }
  const net::Endpoint relayed = *facts.relay.relayed;
  const auto* allocated = answer.As<client::Allocated>();
  // A special address behind a public server is wrong already, and would lead into our own network.
  const bool leads_elsewhere = IsSpecial(relayed.address) && !IsSpecial(target.at.endpoint.address);
  if (allocated->mapped.address.family() == relayed.address.family() && !leads_elsewhere) {
    facts.outside.same_machine = IsOfThisMachine(target.at.endpoint.address);
    ProbeOutside(session, relayed, allocated->mapped.address, options_.timeout, facts.outside);
  }
  if (options_.echo_peer) {
    facts.echo.peer = options_.echo_peer;
    const net::PeerAddress peer{*options_.echo_peer};
    TestWay({session, session, peer, peer}, target, facts);
  } else {
    TestPair(target, session, facts);
  }
  Release(session, options_.timeout);
}

bool Prober::IsLaterNameLetIn(const CheckTarget& target) const {
  const auto credential = relay::MintCredential(options_.secret, "koeru-check",
                                                {server::WallNow().seconds + kTenYears});
  server::OpenedLink opened = Open(target);
  if (!opened.status.ok()) return false;
  server::RandomTransactionIds ids;
  TurnSession session(std::move(opened.link),
                      ConfigOf(target, credential.username, credential.password), ids);
  const bool let_in = session.Ask(client::AllocateRequest{}, options_.timeout).ok();
  if (let_in) Release(session, options_.timeout);
  return let_in;
}

void Prober::TestPair(const CheckTarget& target, TurnSession& session, TargetFacts& facts) const {
  server::OpenedLink opened = Open(target, true);
  if (!opened.status.ok()) {
    facts.echo.second_allocation.asked = true;
    facts.echo.second_allocation.status = opened.status;
    return;
  }
  server::RandomTransactionIds ids;
  TurnSession second(std::move(opened.link), ConfigOf(target, options_.user, options_.password),
                     ids);
  RelayFacts relay;
  facts.echo.second_allocation =
      FactsOf(Allocate(second, !net::IsStream(target.at.transport), options_.timeout, relay));
  if (!relay.relayed) return;
  // The second link has the DF bit set, so data goes from it to the first.
  TestWay({second, session, {*facts.relay.relayed}, {*relay.relayed}}, target, facts);
  Release(second, options_.timeout);
}

void Prober::TestWay(const RelayedWay& way, const CheckTarget& target, TargetFacts& facts) const {
  ProbeEcho(way, options_.timeout, facts.echo);
  if (!facts.echo.with_indications && !facts.echo.with_channels) return;
  if (target.at.transport == Transport::kUdp && facts.echo.with_indications) {
    ProbePacketSize(way, target.at.endpoint.address.family(), facts.relay.dont_fragment,
                    facts.path);
  }
  if (!facts.echo.with_channels) return;
  ProbeDelay(way, facts.path);
  if (options_.burst_kbps > 0) ProbeThroughput(way, options_.burst_kbps, facts.path);
}

}  // namespace koeru::tools
