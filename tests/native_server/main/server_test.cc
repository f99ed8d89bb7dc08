// Options of coturn that change how the whole server behaves: each seen from outside.

#include "native_server/main/server.h"

#include <gmock/gmock.h>

#include "tests/native_server/main/program.h"
#include "tests/native_server/main/user_client.h"
#include "tests/native_server/tls/tls_test_support.h"
#include "tests/native_server/worker/turn_test_client.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;

const net::Address kLocal = net::Address::V4(127, 0, 0, 1);

class ServerTest : public ::testing::Test {
 protected:
  std::vector<std::string> With(std::vector<std::string> more) const {
    more.insert(more.end(),
                {"--listening-ip=127.0.0.1", "--listening-port=" + std::to_string(port_),
                 "--no-tls", "--no-dtls", "--allow-loopback-peers"});
    return more;
  }

  const uint16_t port_ = FreePort();
};

TEST_F(ServerTest, ANonceSecretKeepsNoncesGoodOverARestart) {
  const std::vector<std::string> options = With(
      {"--realm=r", "--user=anna:secret", "--no-tcp", "--stateless-nonce-secret=0123456789abcdef"});
  UserClient client(port_, "anna", "secret");
  {
    Program program(options);
    ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
    ASSERT_EQ(client.Allocate(), 0);
  }
  Program program(options);
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  // Without it this would be 438 (Stale Nonce).
  EXPECT_EQ(client.Allocate(), 0);
}

TEST_F(ServerTest, AuxiliaryServersServeOverUdpAndTcpAndSendNobodyElsewhere) {
  const uint16_t aux = FreePort();
  Program program(With({"--no-auth", "--realm=r", "--alternate-server=192.0.2.1",
                        "--aux-server=127.0.0.1:" + std::to_string(aux)}));
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  EXPECT_EQ(TestClient({kLocal, port_}, kLocal).Allocate(), 300);
  EXPECT_EQ(TestClient({kLocal, aux}, kLocal).Allocate(), 0);
  TestClient tcp({kLocal, aux}, kLocal, std::make_unique<TestStream>(net::Endpoint{kLocal, aux}));
  EXPECT_EQ(tcp.Allocate(), 0);
}

TEST_F(ServerTest, OnADeviceClientsAndPeersOfThatDeviceAreServed) {
  Program program(With({"--no-auth", "--listening-device=lo", "--relay-device=lo"}));
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  TestClient udp({kLocal, port_}, kLocal);
  TestSocket peer({kLocal, 0});
  ASSERT_EQ(udp.Allocate(), 0);
  ASSERT_EQ(udp.ChannelBind(0x4000, peer.local()), 0);
  udp.SendChannelData(0x4000, MakePayload(10, 1));
  EXPECT_TRUE(peer.Receive());
  TestClient tcp({kLocal, port_}, kLocal,
                 std::make_unique<TestStream>(net::Endpoint{kLocal, port_}));
  EXPECT_EQ(tcp.Allocate(), 0);
}

TEST_F(ServerTest, StunOnlyStartsWithoutCredentialsAndAnswersBindingAlone) {
  Program program(With({"--stun-only"}));
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  TestClient client({kLocal, port_}, kLocal);
  EXPECT_EQ(client.Binding(), 0);
  EXPECT_EQ(client.Allocate(), -1);
}

TEST_F(ServerTest, WhoHasNoAllocationInTimeIsDisconnected) {
  Program program(With({"--no-auth", "--max-allocate-timeout=1"}));
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  TestClient idle({kLocal, port_}, kLocal,
                  std::make_unique<TestStream>(net::Endpoint{kLocal, port_}));
  ASSERT_EQ(idle.Binding(), 0);
  EXPECT_TRUE(idle.stream().IsClosedWithin(20'000));
}

TEST_F(ServerTest, MetricsOverTlsHaveACertificateOfTheirOwn) {
  const TemporaryDirectory directory;
  const SelfSignedCertificate certificate = MakeCertificate(directory.path());
  const std::string port = std::to_string(FreePort());
  Program program(With({"--no-auth", "--prometheus-tls", "--prometheus-port=" + port,
                        "--prometheus-cert=" + certificate.certificate_file,
                        "--prometheus-key=" + certificate.key_file}));
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  const std::string path = directory / "metrics";
  const std::string curl = "curl -sS --max-time 20 --resolve localhost:" + port +
                           ":127.0.0.1 https://localhost:" + port + "/metrics --cacert " +
                           certificate.certificate_file + " > " + path;
  EXPECT_EQ(std::system(curl.c_str()), 0);
  EXPECT_THAT(ReadAll(path), HasSubstr("koeru_build_info{version="));
}

// A /dev of its own, with a socket where syslogd would be.
TEST_F(ServerTest, TheSystemsLogGetsTheLinesWithFacilityAndSeverity) {
  std::string command = KOERU_RELAY_PROGRAM;
  for (const std::string& option :
       With({"--no-auth", "--log-file=syslog", "--no-stdout-log", "--syslog-facility=local3"})) {
    command += " " + option;
  }
  Program program({"--mount", "sh", "-c",
                   "mount -t tmpfs none /dev && mknod -m 666 /dev/null c 1 3 && exec python3 -c '\n"
                   "import socket, subprocess, sys\n"
                   "log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
                   "log.bind(\"/dev/log\")\n"
                   "log.settimeout(20)\n"
                   "server = subprocess.Popen(\"" +
                       command +
                       "\".split(), stdout=subprocess.DEVNULL)\n"
                       "lines = [log.recv(4096).decode() for _ in range(6)]\n"
                       "server.terminate()\n"
                       "server.wait()\n"
                       "print(\"\\n\".join(lines), flush=True)\n'"},
                  "/usr/bin/unshare");
  EXPECT_EQ(program.Wait(), 0);
  // RFC 3164 section 4.1.1: local3 is 19, informational 6 and warning 4.
  EXPECT_THAT(program.printed(), HasSubstr("<158>"));
  EXPECT_THAT(program.printed(), HasSubstr("<156>"));
  EXPECT_THAT(program.printed(), HasSubstr("koeru-relay["));
  EXPECT_THAT(program.printed(), HasSubstr("no-auth: everybody may use this relay"));
}

}  // namespace
}  // namespace koeru::server
