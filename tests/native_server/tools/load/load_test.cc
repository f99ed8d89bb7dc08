// koeru load against a real relay.

#include "native_server/tools/load/load.h"

#include <gmock/gmock.h>

#include "native_server/tools/load/load_run.h"
#include "tests/native_server/main/program.h"
#include "tests/native_server/tls/tls_test_support.h"
#include "tests/native_server/tools/command_run.h"

namespace koeru::tools {
namespace {

using server::Program;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class LoadTest : public ::testing::Test {
 protected:
  void StartRelay(const std::string& peers = "--allow-loopback-peers",
                  const std::string& quota = "--user-quota=0") {
    relay_ = std::make_unique<Program>(std::vector<std::string>{
        "--listening-ip=127.0.0.1", "--listening-port=" + port_, "--relay-ip=127.0.33.1",
        "--realm=r", "--user=anna:secret", peers, quota, "--cert=" + certificate_.certificate_file,
        "--pkey=" + certificate_.key_file, "--tls-listening-port=" + port_});
    EXPECT_TRUE(relay_->WaitFor("ready\n")) << relay_->printed();
  }
  CommandOutcome Load(const std::string& uri, std::vector<std::string> more = {}) {
    more.insert(more.end(), {uri, "--user=anna", "--duration=1", "--rate=200", "--allocations=4",
                             "--password-file=" + directory_.Write("password", "secret")});
    return RunCommand(RunLoad, more);
  }
  server::TemporaryDirectory directory_;
  server::SelfSignedCertificate certificate_ = server::MakeCertificate(directory_.path());
  const std::string port_ = std::to_string(server::FreePort());
  std::unique_ptr<Program> relay_;
};

TEST_F(LoadTest, PacketsComeBackOverEachTransport) {
  StartRelay();
  for (const std::string uri : {"turn:127.0.0.1:", "turns:127.0.0.1:"}) {
    for (const std::string transport : {"?transport=udp", "?transport=tcp"}) {
      const CommandOutcome outcome = Load(uri + port_ + transport, {"--json", "--peers=2"});
      EXPECT_EQ(outcome.code, 0) << outcome.err;
      EXPECT_THAT(outcome.out,
                  AllOf(HasSubstr(R"({"allocations":4,)"), HasSubstr(R"("damaged":0,"not_sent":0)"),
                        Not(HasSubstr(R"("received":0,)"))));
    }
  }
}

TEST_F(LoadTest, EachSecondHasALineAndTheEndATable) {
  StartRelay();
  const CommandOutcome outcome = RunCommand(
      RunLoad, {"turn:127.0.0.1:" + port_, "--user=anna", "--duration=2", "--mix=160:70,1200:30",
                "--password-file=" + directory_.Write("password", "secret")});
  EXPECT_THAT(outcome.err, HasSubstr("  1 s  10 allocations  out "));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("10, made in"), HasSubstr("95th percentile")));
}

TEST_F(LoadTest, ARunEndsWhenItIsAskedTo) {
  StartRelay();
  LoadOptions options;
  options.allocations = 1;
  options.duration_s = 240;
  LoadRun run(options, {"anna", "secret", ""});
  server::LinkOptions link;
  link.server = {net::Address::V4(127, 0, 0, 1), static_cast<uint16_t>(std::stoi(port_))};
  std::atomic<bool> stop = true;
  EXPECT_EQ(run.Prepare(link, stop).message(), "allocation 1 of 1: interrupted");
  stop = false;
  ASSERT_TRUE(run.Prepare(link, stop).ok());
  int lines = 0;
  const LoadStats stats = run.Run(stop, [&](std::string_view) {
    ++lines;
    stop = true;
  });
  EXPECT_EQ(lines, 1);
  EXPECT_LT(stats.seconds, 200);
  EXPECT_GT(stats.counts.received, 0);
}

TEST_F(LoadTest, WhatTheServerRefusesIsSaidWithTheRemedy) {
  StartRelay("--denied-peer-ip=127.0.0.0/8");
  CommandOutcome outcome = Load("turn:127.0.0.1:" + port_);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("403 (Forbidden): the server refuses this machine as a peer"));
  StartRelay("--allow-loopback-peers", "--user-quota=2");
  outcome = Load("turn:127.0.0.1:" + port_);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("allocation 3 of 4"), HasSubstr("user-quota")));
}

TEST_F(LoadTest, AServerOfSomebodyElseIsNotLoaded) {
  const CommandOutcome outcome = Load("turn:1.2.3.4");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--i-may-load-this-server"));
}

}  // namespace
}  // namespace koeru::tools
