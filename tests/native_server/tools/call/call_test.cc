// koeru call against a real relay.

#include "native_server/tools/call/call.h"

#include <gmock/gmock.h>

#include "tests/native_server/tools/command_run.h"
#include "tests/native_server/tools/demo_relay.h"
#include "tests/native_server/tools/has_pattern.h"

namespace koeru::tools {
namespace {

using server::Program;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A busy machine leaves sound and pictures out that are more than 200 ms late.
const std::string kAllBack = "([1-9][0-9]*) sent .[0-9]+ kbit/s., \\1 back, lost 0 ";

class CallTest : public DemoRelayTest {
 protected:
  CommandOutcome Call(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {Url(), "--seconds=1"});
    return RunCommand(RunCall, more);
  }
  CommandOutcome CallAnybody(std::vector<std::string> more = {}) const {
    more.emplace_back("--insecure");
    return Call(std::move(more));
  }
};

TEST_F(CallTest, SoundPicturesAndMessagesComeBack) {
  StartRelay();
  const CommandOutcome outcome = Call({"--ca-file=" + directory_.path() + "/cert.pem"});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("straight, over UDP, to 127.0.0.1:"),
                                 HasPattern("audio +" + kAllBack), HasPattern("video +" + kAllBack),
                                 HasSubstr("data         10 sent (80 kbit/s), 10 back"),
                                 HasSubstr("Verdict: the call came back whole")));
}

TEST_F(CallTest, TheWayLeadsThroughTurnOverEachTransport) {
  const auto certificate = server::MakeCertificate(directory_.path());
  // A relay with a certificate of its own hands out turns:, too.
  StartRelay({"--cert=" + certificate.certificate_file, "--pkey=" + certificate.key_file});
  for (const std::string way : {"udp", "tcp", "tls"}) {
    const CommandOutcome outcome = CallAnybody({"--via=" + way, "--json"});
    EXPECT_EQ(outcome.code, 0) << way << ": " << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr(R"("via":")" + way), HasSubstr(R"("damaged":0)")));
  }
}

TEST_F(CallTest, OverIpv6Too) {
  ip_ = "::1";
  StartRelay({"--relay-ip=::1"});
  for (const std::string way : {"direct", "udp"}) {
    const CommandOutcome outcome = RunCommand(
        RunCall, {"wss://[::1]:" + https_port_ + "/", "--insecure", "--seconds=1", "--via=" + way});
    EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("to [::1]:" + port_));
  }
}

TEST_F(CallTest, AnyTurnServerMayBeOnTheWayWithItsOwnCredentials) {
  StartRelay();
  const auto certificate = server::MakeCertificate(directory_.path());
  const std::string port = std::to_string(server::FreePort());
  const std::string tls_port = std::to_string(server::FreePort());
  Program other({"--listening-ip=127.0.0.1", "--listening-port=" + port,
                 "--tls-listening-port=" + tls_port, "--cert=" + certificate.certificate_file,
                 "--pkey=" + certificate.key_file, "--relay-ip=127.0.33.1", "--realm=elsewhere",
                 "--user=anna:secret", "--allow-loopback-peers"});
  ASSERT_TRUE(other.WaitFor("ready\n")) << other.printed();
  const std::string password = directory_.Write("password", "secret");
  const std::pair<std::string, std::string> ways[] = {
      {"turn:127.0.0.1:" + port + "?transport=udp", "UDP"},
      {"turn:127.0.0.1:" + port + "?transport=tcp", "TCP"},
      {"turns:127.0.0.1:" + tls_port + "?transport=tcp", "TLS"},
      {"turns:127.0.0.1:" + tls_port + "?transport=udp", "DTLS"}};
  for (const auto& [uri, transport] : ways) {
    const CommandOutcome outcome =
        CallAnybody({"--turn=" + uri, "--user=anna", "--password-file=" + password});
    EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("through TURN over " + transport),
                                   HasSubstr("relayed at 127.0.33.1:")));
  }
  directory_.Write("password", "wrong");
  const CommandOutcome wrong =
      CallAnybody({"--turn=turn:127.0.0.1:" + port, "--user=anna", "--password-file=" + password});
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.out, HasSubstr("FAIL"));
}

TEST_F(CallTest, AWrongTurnUriIsSaidWithTheRemedy) {
  EXPECT_THAT(CallAnybody({"--turn=stun:a"}).err, HasSubstr("no turn: or turns: URI"));
  EXPECT_THAT(CallAnybody({"--turn=turn:a", "--via=tcp"}).err, HasSubstr("leave out --via"));
}

TEST_F(CallTest, ASinkSendsNothingBackAndReports) {
  StartRelay();
  const CommandOutcome outcome = CallAnybody({"--mode=sink", "--no-data"});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasPattern("video +[1-9][0-9]* sent .[0-9]+ kbit/s., the peer reports 0 lost"),
                    Not(HasSubstr("data "))));
}

TEST_F(CallTest, ADelayIsInTheRoundTrip) {
  StartRelay();
  const CommandOutcome outcome = CallAnybody({"--mode=delay", "--no-data", "--no-audio"});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasPattern("round trip median 1[0-9]{3}"));
}

TEST_F(CallTest, ManyCallsAreSummedUp) {
  StartRelay();
  const CommandOutcome outcome = CallAnybody({"--calls=4", "--bitrate=100"});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("4 calls straight, over UDP"), HasPattern("audio +" + kAllBack),
                    HasSubstr("data         40 sent")));
}

TEST_F(CallTest, MoreCallsThanThePeerTakesAreToldOf) {
  StartRelay({"--media-peer-user-calls=1"});
  const CommandOutcome outcome = CallAnybody({"--calls=2"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("1 of 2 calls: "),
                                 HasSubstr("-> raise media-peer-calls or media-peer-user-calls")));
}

TEST_F(CallTest, AWrongCredentialIsToldOf) {
  StartRelay();
  const CommandOutcome outcome =
      CallAnybody({"--user=anna", "--password-file=" + directory_.Write("password", "wrong")});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("FAIL  credential"), HasSubstr("-> name a user")));
}

TEST_F(CallTest, AServerWithoutAMediaPeerIsToldOf) {
  StartRelay({"--no-media-peer"});
  const CommandOutcome outcome = CallAnybody();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("-> start the server with --media-peer"));
}

TEST_F(CallTest, AStrangersCertificateIsNotTrusted) {
  StartRelay();
  const CommandOutcome outcome = Call();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("FAIL  certificate"), HasSubstr("--ca-file")));
}

TEST_F(CallTest, AServerThatIsNotThereIsToldOf) {
  const CommandOutcome outcome = CallAnybody();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("FAIL  reachable"), HasSubstr("Connection refused")));
}

TEST_F(CallTest, WhatIsNotSpelledRightIsToldOf) {
  EXPECT_THAT(RunCommand(RunCall, {}).err, HasSubstr("name one server"));
  EXPECT_THAT(RunCommand(RunCall, {"turn:localhost"}).err, HasSubstr("write wss://HOST:PORT/"));
  EXPECT_THAT(Call({"--mode=loud"}).err, HasSubstr("is one of echo, delay, sink, source"));
  EXPECT_THAT(Call({"--no-audio", "--no-video", "--no-data"}).err, HasSubstr("nothing is left"));
  EXPECT_EQ(Call({"--via=pigeon"}).code, kExitBadInput);
  EXPECT_THAT(RunCommand(RunCall, {"--help"}).out, HasSubstr("usage: koeru call"));
}

}  // namespace
}  // namespace koeru::tools
