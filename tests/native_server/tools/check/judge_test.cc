// Each fact and the sentence it becomes.

#include "native_server/tools/check/judge.h"

#include <gmock/gmock.h>

namespace koeru::tools {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr net::UnixTime kNow{1'800'000'000};
constexpr int64_t kDay = 86400;

auto Says(Level level, std::string_view topic, const std::string& text,
          const std::string& remedy = "") {
  return Contains(AllOf(Field(&Finding::level, level), Field(&Finding::topic, topic),
                        Field(&Finding::text, HasSubstr(text)),
                        Field(&Finding::remedy, HasSubstr(remedy))));
}

RequestFacts Yes() {
  RequestFacts request;
  request.asked = request.ok = true;
  return request;
}
RequestFacts No(uint16_t code) {
  RequestFacts request;
  request.asked = true;
  request.code = code;
  request.reason = "Words";
  return request;
}
RequestFacts Silence(server::Trouble trouble = server::Trouble::kSilent) {
  RequestFacts request;
  request.asked = true;
  request.status = {trouble, "words of the system"};
  return request;
}

// A public server over UDP with which all is well.
TargetFacts Good() {
  TargetFacts facts;
  facts.target = {"turn:turn.example.org", "turn.example.org", true, {}};
  facts.target.at.endpoint = {net::Address::V4(1, 2, 3, 4), 3478};
  facts.target.at.is_asked_for = true;
  facts.reach.binding = Yes();
  facts.reach.local = {net::Address::V4(192, 168, 1, 5), 1000};
  facts.reach.mapped = net::Endpoint{net::Address::V4(9, 9, 9, 9), 2000};
  facts.auth.allocate = Yes();
  facts.auth.challenges = 1;
  facts.auth.realm = "example.org";
  facts.auth.has_nonce = true;
  facts.auth.user = "anna";
  facts.relay.relayed = net::Endpoint{net::Address::V4(1, 2, 3, 4), 50000};
  facts.outside.done = facts.outside.arrived = true;
  facts.outside.permission = Yes();
  facts.echo.second_allocation = facts.echo.permission = facts.echo.channel = Yes();
  facts.echo.with_indications = facts.echo.with_channels = true;
  facts.path.largest_packet = 1500;
  facts.path.sent = facts.path.received = 50;
  facts.path.burst_kbps = 1000;
  facts.path.burst_sent = facts.path.burst_received = 250;
  facts.path.arrived_kbps = 999;
  return facts;
}

Findings JudgeNow(const TargetFacts& facts) { return Judge(facts, kNow); }

// Without an answer nothing else is known.
TargetFacts Unreached() {
  TargetFacts facts;
  facts.target = Good().target;
  return facts;
}

TEST(JudgeTest, WhereAllIsWellEachLineIsOkAndHasNoRemedy) {
  for (const Finding& finding : JudgeNow(Good())) {
    EXPECT_EQ(finding.level, Level::kOk) << finding.text;
    EXPECT_THAT(finding.remedy, IsEmpty());
  }
  EXPECT_THAT(JudgeNow(Good()), Says(Level::kOk, "address", "behind a NAT"));
}

TEST(JudgeTest, RefusedSilentAndUnroutableAreToldApart) {
  TargetFacts facts = Unreached();
  facts.reach.binding = Silence(server::Trouble::kRefused);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "reachable", "refused", "listening-port"));
  facts.reach.binding = Silence();
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "reachable", "silence", "firewall"));
  facts.reach.connected = {server::Trouble::kNoRoute, "Network is unreachable"};
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "reachable", "no way from here"));
  facts.target.at.endpoint.address = *net::Address::Parse("2001:db8::1");
  EXPECT_THAT(JudgeNow(facts), Says(Level::kNote, "reachable", "not tested", "IPv6"));
}

TEST(JudgeTest, ATransportThatNobodyAskedForIsAWarningAndDtlsANote) {
  TargetFacts facts = Unreached();
  facts.target.at.is_asked_for = false;
  facts.reach.connected = {server::Trouble::kRefused, ""};
  facts.target.at.transport = net::Transport::kTcp;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "reachable", "block UDP need it"));
  facts.target.at.transport = net::Transport::kDtls;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kNote, "reachable", "browsers do not use it"));
}

TEST(JudgeTest, APortWithoutTlsAndAFailedHandshakeNameTheOption) {
  TargetFacts facts = Unreached();
  facts.target.at.transport = net::Transport::kTls;
  facts.reach.connected = {server::Trouble::kClosed, ""};
  facts.reach.speaks_plain = true;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "reachable", "speaks no TLS", "cert and pkey"));
  facts.reach.speaks_plain = false;
  facts.reach.connected = {server::Trouble::kHandshake, "no common cipher"};
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "reachable", "no common cipher"));
}

TEST(JudgeTest, RetransmissionsAndWhatBrowsersDoNotFindAreWarnings) {
  TargetFacts facts = Good();
  facts.reach.retransmissions = 2;
  facts.target.at.record_host_port = "a.example.org:3479";
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "reachable", "2 retransmission(s)"));
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "dns", "SRV", "turn:a.example.org:3479"));
}

TEST(JudgeTest, EachProblemOfACertificateHasItsRemedy) {
  using enum server::CertificateProblem;
  TargetFacts facts = Good();
  facts.reach.tls = server::TlsFacts{"TLSv1.3", "AES", "stun.turn", server::PeerCertificate{}};
  server::PeerCertificate& shown = *facts.reach.tls->certificate;
  shown.names = {"a.example.org"};
  shown.issuer = "CN=R3";
  shown.chain_length = 1;
  shown.not_before = kNow.seconds - 90 * kDay;
  shown.not_after = kNow.seconds + 60 * kDay;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kOk, "certificate", "a.example.org, trusted"));
  shown.not_after = kNow.seconds + 3 * kDay;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "certificate", "(3 days)", "renew"));
  shown.not_after = kNow.seconds - 5 * kDay;
  shown.problems = {kExpired, kWrongName, kNotTrusted};
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "5 days ago", "renew"));
  EXPECT_THAT(JudgeNow(facts),
              Says(Level::kFail, "certificate", "for a.example.org and not for turn.example.org"));
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "CN=R3", "fullchain.pem"));
  shown.is_self_signed = true;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "self-signed", "--ca-file"));
  shown.not_after = kNow.seconds + kDay;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "of its issuers has expired"));
  shown.problems = {kNotYetValid, kWeak, kWrongUse, kOther};
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "valid from", "clock"));
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "too weak", "P-256"));
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "servers", "serverAuth"));
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "does not pass", "openssl"));
  facts.reach.tls->certificate.reset();
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "certificate", "shows none"));
}

TEST(JudgeTest, A401AfterACredentialSaysWhichPartOfItIsWrong) {
  TargetFacts facts = Good();
  facts.relay = {};
  AuthFacts& auth = facts.auth;
  auth.allocate = No(401);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "auth", "user or the password of anna", "user="));
  auth.expires_in_s = -7200;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "auth", "expired 2 hours ago", "new credential"));
  auth.expires_in_s = 1800;
  EXPECT_THAT(JudgeNow(facts),
              Says(Level::kFail, "auth", "good for another 30 minutes", "static-auth-secret"));
  auth.made_from_secret = true;
  auth.later_name_works = false;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "auth", "does not know the secret"));
  auth.later_name_works = true;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "auth", "clock is ahead", "NTP"));
}

TEST(JudgeTest, WithoutCredentialsA401IsAsItShouldBeUnlessItLacksTheRealm) {
  TargetFacts facts = Good();
  facts.relay = {};
  facts.auth.user = "";
  facts.auth.allocate = No(401);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kNote, "auth", "example.org", "--user"));
  facts.auth.realm.reset();
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "auth", "401 without REALM", "set realm"));
}

TEST(JudgeTest, WithCredentialsTooA401WithoutARealmIsTheServersFault) {
  TargetFacts facts = Good();
  facts.relay = {};
  facts.auth.allocate = Silence(server::Trouble::kNone);
  facts.auth.allocate.failure = client::Failure::kMalformedAnswer;
  facts.auth.realm.reset();
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "auth", "401 without REALM", "set realm"));
}

TEST(JudgeTest, AnOpenRelayIsAWarning) {
  TargetFacts facts = Good();
  facts.auth.challenges = 0;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "auth", "anybody", "no-auth"));
}

TEST(JudgeTest, EachErrorOfAllocateHasItsRemedy) {
  const std::pair<uint16_t, std::string> rows[] = {
      {403, "log"},       {437, "ten minutes"}, {438, "stale-nonce"}, {440, "relay-ip"},
      {442, "relay UDP"}, {486, "user-quota"},  {500, "log"},         {508, "min-port"}};
  for (const auto& [code, remedy] : rows) {
    TargetFacts facts = Good();
    facts.relay = {};
    facts.auth.allocate = No(code);
    EXPECT_THAT(JudgeNow(facts),
                Says(Level::kFail, "auth", std::to_string(code) + " (Words)", remedy));
  }
}

TEST(JudgeTest, UnsignedAnswersAndSilenceToAllocateAreToldApart) {
  TargetFacts facts = Good();
  facts.relay = {};
  facts.auth.allocate = Silence();
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "auth", "Allocate is not", "STUN only"));
  facts.auth.allocate.failure = client::Failure::kIntegrityViolated;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "auth", "not signed", "use TLS"));
}

TEST(JudgeTest, APrivateRelayedAddressOfAPublicServerIsTheMissingExternalIp) {
  TargetFacts facts = Good();
  facts.relay.relayed = net::Endpoint{net::Address::V4(10, 0, 0, 5), 50000};
  facts.outside = {};
  EXPECT_THAT(JudgeNow(facts),
              Says(Level::kFail, "relayed", "RFC 1918", "external-ip=1.2.3.4/10.0.0.5"));
  // In a private network, a private server's address is as it should be.
  facts.target.at.endpoint.address = net::Address::V4(10, 0, 0, 5);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kOk, "relayed", "the server's address"));
  facts.relay.relayed->address = net::Address();
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "relayed", "no address", "relay-ip"));
}

TEST(JudgeTest, AnUnreachableRelayedAddressIsTheFirewallOrAWrongExternalIp) {
  TargetFacts facts = Good();
  facts.outside.arrived = false;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "outside", "does not reach", "49152-65535"));
  EXPECT_THAT(JudgeNow(facts), Not(Says(Level::kFail, "outside", "", "external-ip")));
  facts.relay.relayed->address = net::Address::V4(1, 2, 3, 99);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "outside", "", "external-ip"));
  // Over TCP this network may let no UDP out.
  facts.target.at.transport = net::Transport::kTcp;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "outside", "does not reach"));
}

TEST(JudgeTest, WhereTheOutsideCannotBeSeenThatIsSaid) {
  TargetFacts facts = Good();
  facts.outside = {};
  facts.outside.permission = No(403);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kNote, "outside", "403", "another network"));
  facts.outside.done = facts.outside.same_machine = true;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kNote, "outside", "own machine"));
}

TEST(JudgeTest, EchoesThatFailSayWhere) {
  TargetFacts facts = Good();
  facts.path = {};
  facts.echo.with_channels = false;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "echo", "only indications work"));
  facts.echo.with_indications = false;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "echo", "nothing arrives", "hairpin"));
  facts.echo.channel = No(400);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "echo", "ChannelBind: 400"));
  facts.echo.permission = No(403);
  EXPECT_THAT(JudgeNow(facts),
              Says(Level::kWarn, "echo", "refuses 1.2.3.4", "allowed-peer-ip=1.2.3.4"));
  facts.relay.relayed->address = net::Address::V4(127, 0, 0, 1);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "echo", "127.0.0.1", "allow-loopback-peers"));
  facts.echo.peer = net::Endpoint{net::Address::V4(10, 0, 0, 9), 7};
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "echo", "refuses 10.0.0.9", "allowed-peer-ip"));
  facts.echo.peer.reset();
  facts.echo.second_allocation = No(486);
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "echo", "486", "user-quota"));
}

TEST(JudgeTest, SmallPacketsLossDelayAndLowThroughput) {
  TargetFacts facts = Good();
  facts.path.too_large_packet = 1492;
  facts.path.largest_packet = 1460;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kOk, "mtu", "of 1492 do not"));
  facts.path.largest_packet = 576;
  facts.path.too_large_packet = 1228;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kFail, "mtu", "1228 bytes are lost", "MTU"));
  facts.path.p95_ms = 500;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "delay", "500.00 ms", "nearer"));
  facts.path.received = 40;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "delay", "lost 10 of 50", "max-bps"));
  facts.path.burst_received = 100;
  EXPECT_THAT(JudgeNow(facts), Says(Level::kWarn, "throughput", "lost 60.0 %", "max-bps"));
}

TEST(JudgeTest, WordsOfTheServerAreEscaped) {
  TargetFacts facts = Good();
  facts.relay = {};
  facts.auth.allocate = No(403);
  facts.auth.allocate.reason = "\x1b[2J";
  for (const Finding& finding : JudgeNow(facts)) {
    EXPECT_THAT(finding.text, Not(HasSubstr("\x1b")));
  }
}

}  // namespace
}  // namespace koeru::tools
