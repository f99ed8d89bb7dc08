// koeru check against real servers, each with a fault of its own.

#include "native_server/tools/check/check.h"

#include <gmock/gmock.h>

#include "native_server/client/turn_session.h"
#include "native_server/tls/certificate_writer.h"
#include "tests/native_server/client/dns_responder.h"
#include "tests/native_server/main/program.h"
#include "tests/native_server/tls/tls_test_support.h"
#include "tests/native_server/tools/command_run.h"

namespace koeru::tools {
namespace {

using server::FreePort;
using server::Program;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const net::Address kLoopback = net::Address::V4(127, 0, 0, 1);

// Relayed addresses are 127.0.33.1's: other programs of this machine may have most ports of
// 127.0.0.1, a benchmark with many allocations for example.
class CheckTest : public ::testing::Test {
 protected:
  // A relay that lets anna in and has no other fault than the arguments give it.
  void StartRelay(std::vector<std::string> more = {"--allow-loopback-peers"},
                  const std::string& credentials = "--user=anna:secret") {
    std::vector<std::string> arguments = {"--listening-ip=127.0.0.1",
                                          "--listening-ip=127.0.33.1",
                                          "--listening-port=" + port_,
                                          "--tls-listening-port=" + port_,
                                          "--relay-ip=127.0.33.1",
                                          "--realm=example.org",
                                          credentials};
    arguments.insert(arguments.end(), more.begin(), more.end());
    relay_ = std::make_unique<Program>(std::move(arguments));
    EXPECT_TRUE(relay_->WaitFor("ready\n")) << relay_->printed();
  }

  // A certificate for these names; its file is the authority as well.
  std::vector<std::string> WithCertificate(const server::SubjectNames& names, int end_days = 90) {
    const std::time_t now = std::time(nullptr);
    const auto pair = server::WriteSelfSigned(names, now - 200 * 86400, now + end_days * 86400);
    EXPECT_TRUE(pair.ok());
    certificate_ = directory_.Write("cert.pem", pair->certificate);
    const std::string key = directory_.Write("key.pem", pair->key.text());
    return {"--allow-loopback-peers", "--cert=" + certificate_, "--pkey=" + key};
  }

  CommandOutcome Check(std::vector<std::string> words) {
    words.insert(words.end(), {"--timeout=2", "--rate=0"});
    return RunCommand(RunCheck, words);
  }
  CommandOutcome CheckAs(const std::string& uri, const std::string& password,
                         std::vector<std::string> more = {}) {
    more.insert(more.end(),
                {uri, "--user=anna", "--password-file=" + directory_.Write("password", password)});
    return Check(std::move(more));
  }
  std::string Udp() const { return "turn:127.0.33.1:" + port_ + "?transport=udp"; }
  std::string Tls(const std::string& host) const {
    return "turns:" + host + ":" + port_ + "?transport=tcp";
  }

  server::TemporaryDirectory directory_;
  const std::string port_ = std::to_string(FreePort());
  std::unique_ptr<Program> relay_;
  std::string certificate_;
};

const server::SubjectNames kLocalhost = {{false, "localhost"}};

TEST_F(CheckTest, AGoodServerIsGoodOverUdpAndTcp) {
  StartRelay();
  const CommandOutcome outcome =
      RunCommand(RunCheck, {"turn:127.0.0.1:" + port_, "--user=anna", "--rate=200",
                            "--password-file=" + directory_.Write("password", "secret")});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("anna is let in"), HasSubstr("reaches the client"),
                    HasSubstr("in channels"), HasSubstr("IP packets of 1500 bytes"),
                    HasSubstr("200 kbit/s sent"), HasSubstr("it works over UDP and TCP")));
}

TEST_F(CheckTest, AGoodServerIsGoodOverTlsAndDtls) {
  StartRelay(WithCertificate(kLocalhost));
  const CommandOutcome outcome =
      CheckAs("turns:localhost:" + port_, "secret", {"--ca-file=" + certificate_});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("TLSv1.3"), HasSubstr("ALPN stun.turn"), HasSubstr("DTLSv1.2"),
                    HasSubstr("for localhost, trusted"), HasSubstr("it works over TLS and DTLS")));
}

TEST_F(CheckTest, ASecretMakesACredential) {
  StartRelay({"--allow-loopback-peers"}, "--static-auth-secret=north");
  const std::string file = directory_.Write("secret", "north");
  EXPECT_EQ(Check({Udp(), "--secret-file=" + file}).code, 0);
  directory_.Write("secret", "south");
  const CommandOutcome outcome = Check({Udp(), "--secret-file=" + file});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("does not know the secret"));
}

TEST_F(CheckTest, AnExpiredNameIsToldFromAWrongPassword) {
  StartRelay({}, "--static-auth-secret=north");
  const std::string file = directory_.Write("password", "whatever");
  EXPECT_THAT(Check({Udp(), "--user=1000:anna", "--password-file=" + file}).out,
              HasSubstr("the name expired"));
  EXPECT_THAT(Check({Udp(), "--user=99999999999:anna", "--password-file=" + file}).out,
              HasSubstr("wrong password for a time-limited name"));
}

TEST_F(CheckTest, AWrongPasswordIsWrong) {
  StartRelay();
  const CommandOutcome outcome = CheckAs(Udp(), "wrong");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("does not know the user or the password of anna"));
}

TEST_F(CheckTest, WithoutCredentialsTheRestIsLeftOutAndThatIsSaid) {
  StartRelay();
  const CommandOutcome outcome = Check({Udp()});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("to test the rest give --user"));
}

TEST_F(CheckTest, AnOpenRelayIsWarnedOf) {
  StartRelay({"--allow-loopback-peers"}, "--no-auth");
  EXPECT_THAT(Check({Udp()}).out, HasSubstr("warn  auth         the server asks for no"));
}

TEST_F(CheckTest, AClosedPortIsRefusedAndASilentOneSilent) {
  CommandOutcome outcome = Check({Udp()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("nobody listens on UDP port " + port_));
  EXPECT_THAT(Check({"turn:127.0.0.1:" + port_ + "?transport=tcp"}).out,
              HasSubstr("nobody listens on TCP port " + port_));
  const server::UniqueFd silent = server::OpenRelaySocketFd({kLoopback, 0}, {});
  const uint16_t port = server::LocalEndpointOf(silent.get()).port;
  outcome = Check({"stun:127.0.0.1:" + std::to_string(port)});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("silence: UDP port " + std::to_string(port)));
}

TEST_F(CheckTest, AServerWithoutACertificateIsToldToTakeOne) {
  StartRelay();
  const CommandOutcome outcome = Check({Tls("localhost")});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("speaks no TLS, but answers without it"),
                                 HasSubstr("cert and pkey")));
}

TEST_F(CheckTest, ASelfSignedCertificateIsNotTrusted) {
  StartRelay(WithCertificate(kLocalhost));
  const CommandOutcome outcome = Check({"turns:localhost:" + port_});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("over TLS and DTLS: certificate: it is self-signed"));
}

TEST_F(CheckTest, AnExpiredCertificateAndAWrongNameAreToldApart) {
  StartRelay(WithCertificate(kLocalhost, -3));
  EXPECT_THAT(Check({Tls("localhost"), "--ca-file=" + certificate_}).out,
              AllOf(HasSubstr("it expired on"), HasSubstr("3 days ago"), Not(HasSubstr("is for"))));
  StartRelay(WithCertificate({{false, "www.example.org"}}));
  EXPECT_THAT(Check({Tls("localhost"), "--ca-file=" + certificate_}).out,
              AllOf(HasSubstr("it is for www.example.org and not for localhost"),
                    Not(HasSubstr("expired"))));
}

TEST_F(CheckTest, AWrongExternalIpShowsFromOutside) {
  // An address of this machine, too, so that nothing leaves it; but nobody is there.
  StartRelay({"--allow-loopback-peers", "--external-ip=127.0.0.77"});
  const CommandOutcome outcome = CheckAs(Udp(), "secret");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("127.0.0.77"), HasSubstr("correct external-ip")));
}

TEST_F(CheckTest, FromTheServersOwnMachineTheOutsideIsNotJudged) {
  StartRelay({});
  const CommandOutcome outcome = CheckAs(Udp(), "secret");
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("cannot be seen from the server's own machine"));
}

TEST_F(CheckTest, AnEchoPeerIsReachedThroughTheRelayOrRefusedByIt) {
  // The relay's STUN port sends no echo; a socket without a program is silent.
  const server::UniqueFd silent = server::OpenRelaySocketFd({kLoopback, 0}, {});
  const std::string peer = "--echo-peer=" + server::LocalEndpointOf(silent.get()).ToString();
  StartRelay();
  EXPECT_THAT(CheckAs(Udp(), "secret", {peer}).out, HasSubstr("nothing arrives"));
  StartRelay({"--denied-peer-ip=192.0.2.9"});
  const CommandOutcome outcome = CheckAs(Udp(), "secret", {"--echo-peer=192.0.2.9:7"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("refuses 192.0.2.9"), HasSubstr("allowed-peer-ip")));
}

TEST_F(CheckTest, AQuotaOfOneLeavesTheEchoUntested) {
  StartRelay({"--allow-loopback-peers", "--user-quota=1"});
  const CommandOutcome outcome = CheckAs(Udp(), "secret");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("486"), HasSubstr("raise user-quota")));
}

TEST_F(CheckTest, ADrainingServerSaysSo) {
  StartRelay();
  server::LinkOptions options;
  options.server = {kLoopback, static_cast<uint16_t>(std::stoi(port_))};
  server::RandomTransactionIds ids;
  server::TurnSession caller(server::ClientLink::Open(options).link,
                             {.username = "anna", .password = "secret"}, ids);
  // As long as this lives, the server does.
  ASSERT_TRUE(caller.Ask(client::AllocateRequest{}, std::chrono::seconds(20)).ok());
  relay_->Signal(SIGUSR1);
  ASSERT_TRUE(relay_->WaitFor("drain")) << relay_->printed();
  const CommandOutcome outcome = CheckAs(Udp(), "secret");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("508"), HasSubstr("draining")));
}

TEST_F(CheckTest, SrvRecordsLeadToTheServerAndBrowsersAreThoughtOf) {
  StartRelay();
  server::DnsResponder dns;
  dns.AddService("_turn._udp.example.org", 0, static_cast<uint16_t>(std::stoi(port_)),
                 "relay.example.org");
  dns.AddAddress("relay.example.org", kLoopback);
  dns.Start();
  const CommandOutcome outcome =
      CheckAs("turn:example.org?transport=udp", "secret", {"--dns=" + dns.endpoint().ToString()});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("_turn._udp.example.org SRV: relay.example.org:" + port_),
                    HasSubstr("browsers do not ask for them"), HasSubstr("it works over UDP")));
  const CommandOutcome nowhere =
      Check({"turn:no.example.org", "--dns=" + dns.endpoint().ToString()});
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_THAT(nowhere.out, HasSubstr("the name has no address"));
}

TEST_F(CheckTest, JsonHasTheFacts) {
  StartRelay();
  const CommandOutcome outcome = CheckAs(Udp(), "secret", {"--json"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr(R"({"good":true,"summary":"it works over UDP","problems":[])"),
            HasSubstr(R"("realm":"example.org","nonce":true,"challenges":1)"),
            HasSubstr(R"("echo_with_channels":true)"), HasSubstr(R"("largest_packet":1500)")));
}

// A server that nobody here wrote.
TEST_F(CheckTest, CoturnIsGood) {
  const std::string config = directory_.Write("turnserver.conf", "");
  Program coturn(
      {"-c", config, "--listening-ip=127.0.0.1", "--listening-port=" + port_,
       "--relay-ip=127.0.33.1", "--realm=example.org", "--user=anna:secret", "--lt-cred-mech",
       "--allow-loopback-peers", "--no-cli", "--no-tls", "--no-dtls", "--log-file=stdout",
       "--simple-log", "--pidfile=" + (directory_ / "pid"), "--userdb=" + (directory_ / "db")},
      "/usr/bin/turnserver");
  ASSERT_TRUE(coturn.WaitFor("SQLite DB connection success")) << coturn.printed();
  const CommandOutcome outcome = CheckAs("turn:127.0.0.1:" + port_, "secret");
  EXPECT_EQ(outcome.code, 0) << outcome.out << coturn.printed();
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("by Coturn"), HasSubstr("in channels"),
                                 HasSubstr("it works over UDP and TCP")));
}

}  // namespace
}  // namespace koeru::tools
