// koeru check --media against a real relay with a media peer.

#include "native_server/tools/check/media_probe.h"

#include <gmock/gmock.h>

#include "native_server/tools/check/check.h"
#include "tests/native_server/tools/command_run.h"
#include "tests/native_server/tools/demo_relay.h"
#include "tests/native_server/tools/has_pattern.h"

namespace koeru::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class MediaProbeTest : public DemoRelayTest {
 protected:
  CommandOutcome Check(const std::string& uri, const std::string& secret = "north") {
    return RunCommand(RunCheck, {uri, "--rate=0", "--timeout=5", "--media=" + Url(),
                                 "--secret-file=" + directory_.Write("secret", secret),
                                 "--ca-file=" + Authority()});
  }
};

TEST_F(MediaProbeTest, ACallThroughTheServerComesBackOverEachTransport) {
  StartRelay({"--static-auth-secret=north"});
  for (const std::string transport : {"udp", "tcp"}) {
    const CommandOutcome outcome = Check("turn:localhost:" + port_ + "?transport=" + transport);
    EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("media        path: through TURN over "),
                                   HasPattern("media +audio: [1-9][0-9]* sent"),
                                   HasPattern("media +video: [1-9][0-9]* sent"),
                                   HasSubstr("media        data: 30 sent")));
  }
}

TEST_F(MediaProbeTest, OverTlsAndDtlsToo) {
  StartRelay({"--static-auth-secret=north"});
  for (const auto& [transport, name] : {std::pair("tcp", "TLS"), std::pair("udp", "DTLS")}) {
    const CommandOutcome outcome =
        Check("turns:localhost:" + tls_port_ + "?transport=" + transport);
    EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr(std::string("path: through TURN over ") + name));
  }
}

TEST_F(MediaProbeTest, WhereNothingIsRelayedNoCallIsMade) {
  StartRelay({"--static-auth-secret=north"});
  const CommandOutcome wrong = Check("turn:localhost:" + port_ + "?transport=udp", "south");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.out, HasSubstr("media        not tried: see above"));
  const CommandOutcome stun = Check("stun:localhost:" + port_);
  EXPECT_THAT(stun.out, HasSubstr("media        not tried: a stun: server carries no media"));
}

TEST_F(MediaProbeTest, AServerWithoutAMediaPeerIsAFailureInWords) {
  StartRelay({"--static-auth-secret=north", "--no-media-peer"});
  const CommandOutcome outcome = Check("turn:localhost:" + port_ + "?transport=udp");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("FAIL  media"), HasSubstr("media-peer")));
}

}  // namespace
}  // namespace koeru::tools
