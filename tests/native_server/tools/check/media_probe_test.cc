// koeru check --media against a real relay with a media peer.

#include "native_server/tools/check/media_probe.h"

#include <gmock/gmock.h>

#include "native_server/tools/check/check.h"
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

class MediaProbeTest : public ::testing::Test {
 protected:
  void StartRelay(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"--demo",
                                          "--listening-ip=127.0.0.1",
                                          "--listening-port=" + port_,
                                          "--tls-listening-port=" + tls_port_,
                                          "--https-port=" + https_port_,
                                          "--http-port=0",
                                          "--static-auth-secret=north",
                                          "--state-dir=" + directory_.path()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    relay_ = std::make_unique<Program>(std::move(arguments));
    EXPECT_TRUE(relay_->WaitFor("ready\n")) << relay_->printed();
  }
  CommandOutcome Check(const std::string& uri, const std::string& secret = "north") {
    return RunCommand(
        RunCheck, {uri, "--rate=0", "--timeout=5", "--media=wss://localhost:" + https_port_ + "/",
                   "--secret-file=" + directory_.Write("secret", secret),
                   "--ca-file=" + directory_.path() + "/cert.pem"});
  }

  server::TemporaryDirectory directory_;
  const std::string port_ = std::to_string(FreePort());
  const std::string tls_port_ = std::to_string(FreePort());
  const std::string https_port_ = std::to_string(FreePort());
  std::unique_ptr<Program> relay_;
};

TEST_F(MediaProbeTest, ACallThroughTheServerComesBackOverEachTransport) {
  StartRelay();
  for (const std::string transport : {"udp", "tcp"}) {
    const CommandOutcome outcome = Check("turn:localhost:" + port_ + "?transport=" + transport);
    EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("media        path: through TURN over "),
                                   HasSubstr("media        audio: 150 sent"),
                                   HasSubstr("media        video: 180 sent"),
                                   HasSubstr("media        data: 30 sent")));
  }
}

TEST_F(MediaProbeTest, OverTlsToo) {
  StartRelay();
  const CommandOutcome outcome = Check("turns:localhost:" + tls_port_ + "?transport=tcp");
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("path: through TURN over TLS"));
}

TEST_F(MediaProbeTest, WhereNothingIsRelayedNoCallIsMade) {
  StartRelay();
  const CommandOutcome wrong = Check("turn:localhost:" + port_ + "?transport=udp", "south");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.out, HasSubstr("media        not tried: see above"));
  const CommandOutcome stun = Check("stun:localhost:" + port_);
  EXPECT_THAT(stun.out, HasSubstr("media        not tried: a stun: server carries no media"));
}

TEST_F(MediaProbeTest, AServerWithoutAMediaPeerIsAFailureInWords) {
  StartRelay({"--no-media-peer"});
  const CommandOutcome outcome = Check("turn:localhost:" + port_ + "?transport=udp");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("FAIL  media"), HasSubstr("media-peer")));
}

}  // namespace
}  // namespace koeru::tools
