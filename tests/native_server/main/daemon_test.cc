#include "native_server/main/daemon.h"

#include <gmock/gmock.h>

#include <fstream>

#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"
#include "tests/native_server/main/program.h"
#include "tests/native_server/main/user_client.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;

// The process that went into the background, which nobody else ends.
class Background {
 public:
  explicit Background(const std::string& pidfile) { std::ifstream(pidfile) >> pid_; }
  ~Background() {
    if (pid_ > 1) ::kill(pid_, SIGKILL);
  }
  bool EndsOn(int signal) {
    if (pid_ <= 1 || ::kill(pid_, signal) != 0) return false;
    for (int i = 0; i < 1000; ++i) {
      if (::kill(pid_, 0) != 0) {
        pid_ = 0;
        return true;
      }
      ::usleep(10'000);
    }
    return false;
  }

 private:
  pid_t pid_ = 0;
};

TEST(Daemon, TheCommandEndsWhenTheServerIsReadyAndTheServerGoesOn) {
  const TemporaryDirectory directory;
  const std::string pidfile = directory / "pid", log = directory / "log";
  const uint16_t port = FreePort();
  Program program({"--daemon", "--pidfile=" + pidfile, "--log-file=" + log, "--no-tls",
                   "--listening-ip=127.0.0.1", "--listening-port=" + std::to_string(port),
                   "--realm=r", "--user=anna:secret"});
  EXPECT_EQ(program.Wait(), 0);
  Background server(pidfile);
  EXPECT_EQ(UserClient(port, "anna", "secret").Allocate(), 0);
  EXPECT_TRUE(server.EndsOn(SIGTERM));
  EXPECT_THAT(ReadAll(log), HasSubstr("stopped"));
}

TEST(Daemon, TheCommandEndsWithTheErrorThatKeptTheServerFromStarting) {
  const UniqueFd taken = OpenRelaySocketFd({net::Address::V4(127, 0, 0, 1), 0}, {});
  Program program({"--daemon", "--no-tls", "--no-auth", "--listening-ip=127.0.0.1",
                   "--listening-port=" + std::to_string(LocalEndpointOf(taken.get()).port)});
  EXPECT_EQ(program.Wait(), 1);
  EXPECT_THAT(program.printed(), HasSubstr("Address already in use"));
}

}  // namespace
}  // namespace koeru::server
