// koeru-relay as a program: what it prints, how it ends.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"
#include "native_server/tls/self_signed.h"
#include "tests/native_server/main/program.h"
#include "tests/native_server/worker/turn_test_client.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-main-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::string Path(std::string_view name) const { return directory_ + "/" + std::string(name); }
  static std::string Port(uint16_t port) { return "--listening-port=" + std::to_string(port); }
  static std::string TlsPort() { return "--tls-listening-port=" + std::to_string(FreePort()); }

  std::string directory_;
};

TEST_F(ProgramTest, HelpAndVersionEndWellAndStartNothing) {
  for (const char* argument : {"--help", "--help=man", "--help=markdown", "--version"}) {
    Program program({argument});
    EXPECT_EQ(program.Wait(), 0) << argument;
    EXPECT_THAT(program.printed(), HasSubstr("koeru")) << argument;
  }
}

TEST_F(ProgramTest, WithoutCredentialsDoesNotStartAndExplains) {
  Program program({Port(FreePort())});
  EXPECT_EQ(program.Wait(), 1);
  EXPECT_THAT(program.printed(), HasSubstr("no credentials are given"));
}

TEST_F(ProgramTest, PortInUseIsOneSentenceWithTheOption) {
  const UniqueFd taken = OpenRelaySocketFd({net::Address::V4(127, 0, 0, 1), 0}, {});
  const net::Endpoint endpoint = LocalEndpointOf(taken.get());
  Program program({"--no-auth", "--no-tls", "--listening-ip=127.0.0.1", Port(endpoint.port)});
  EXPECT_EQ(program.Wait(), 1);
  EXPECT_EQ(program.printed(), "koeru-relay: cannot listen on UDP " + endpoint.ToString() +
                                   ": Address already in use: stop the other program, or choose "
                                   "another port with listening-port\n");
}

TEST_F(ProgramTest, EndsOnSigtermAndSigintAndRemovesItsPidFile) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Program program({"--no-auth", "--listening-ip=127.0.0.1", Port(FreePort()), "--pidfile",
                     Path("pid"), "--log-file", Path("log"), "--no-stdout-log"});
    ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
    EXPECT_TRUE(std::filesystem::exists(Path("pid")));
    program.Signal(signal);
    EXPECT_EQ(program.Wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(Path("pid")));
    EXPECT_EQ(program.printed(), "ready\n");
  }
}

TEST_F(ProgramTest, SighupOpensTheLogAnew) {
  Program program({"--no-auth", "--listening-ip=127.0.0.1", Port(FreePort()), "--log-file",
                   Path("log"), "--no-stdout-log"});
  ASSERT_TRUE(program.WaitFor("ready\n"));
  std::filesystem::rename(Path("log"), Path("log.old"));
  program.Signal(SIGHUP);
  for (int i = 0; i < 100 && !std::filesystem::exists(Path("log")); ++i) ::usleep(20'000);
  EXPECT_TRUE(std::filesystem::exists(Path("log")));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

TEST_F(ProgramTest, ReadsAConfigurationFileAndRefusesOneThatEverybodyCanRead) {
  std::ofstream(Path("turn.conf")) << "listening-ip=127.0.0.1\r\nlistening-port=" << FreePort()
                                   << "\r\nstatic-auth-secret=abc\r\n";
  ::chmod(Path("turn.conf").c_str(), 0644);
  Program refused({"-c", Path("turn.conf")});
  EXPECT_EQ(refused.Wait(), 1);
  EXPECT_THAT(refused.printed(), HasSubstr("turn.conf line 3: static-auth-secret is a secret"));
  ::chmod(Path("turn.conf").c_str(), 0600);
  Program program({"-c", Path("turn.conf")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  EXPECT_THAT(program.printed(), Not(HasSubstr("abc")));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

TEST_F(ProgramTest, CheckConfigPrintsWhatCountsAndEndsWithOneWhenItWouldNotStart) {
  Program good({"--check-config", "--no-auth", "--listening-ip=127.0.0.1"});
  EXPECT_EQ(good.Wait(), 0);
  EXPECT_THAT(good.printed(), HasSubstr("an open relay"));
  EXPECT_THAT(good.printed(), HasSubstr("would start"));
  Program bad({"--check-config"});
  EXPECT_EQ(bad.Wait(), 1);
  EXPECT_THAT(bad.printed(), HasSubstr("would not start"));
}

TEST_F(ProgramTest, UnderTheNameTurnserverItBehavesAsOne) {
  std::filesystem::create_symlink(KOERU_RELAY_PROGRAM, Path("turnserver"));
  Program closed({"-n", "--listening-ip=127.0.0.1", Port(FreePort())}, Path("turnserver"));
  EXPECT_EQ(closed.Wait(), 1) << "not open to everybody by default";
  std::ofstream(Path("my.conf")) << "listening-ip=127.0.0.1\nlistening-port=" << FreePort()
                                 << "\nlt-cred-mech\nuser=anna:secret\nrealm=r\nno-cli\n";
  ::chmod(Path("my.conf").c_str(), 0600);
  Program program({"-c", Path("my.conf"), "--pidfile=", "--log-file", Path("log")},
                  Path("turnserver"));
  ASSERT_TRUE(program.WaitFor("Total auth threads: ")) << program.printed();
  ASSERT_TRUE(program.WaitFor("ready\n"));
  // SIGHUP opens the log anew and reads nothing: a bad file does not even make a line.
  std::ofstream(Path("my.conf")) << "nonsense\n";
  program.Signal(SIGHUP);
  ASSERT_TRUE(program.WaitFor("log opened anew"));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
  EXPECT_THAT(program.printed(), Not(HasSubstr("stays as it is")));
}

TEST_F(ProgramTest, SighupReadsTheConfigurationAgainAndABadOneChangesNothing) {
  const auto write = [&](const std::string& more) {
    std::ofstream(Path("turn.conf")) << "listening-ip=127.0.0.1\n" << more;
    ::chmod(Path("turn.conf").c_str(), 0600);
  };
  const std::string port = Port(FreePort());
  write("realm=one\nstatic-auth-secret=abc\n");
  Program program({"-c", Path("turn.conf"), port});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  write("realm=two\nstatic-auth-secret=abc\nmin-port=50000\n");
  program.Signal(SIGHUP);
  ASSERT_TRUE(program.WaitFor("configuration read again; changed: realm\n")) << program.printed();
  ASSERT_TRUE(program.WaitFor("needs a restart: min-port (turn.conf line 4)\n"));
  write("realm=three\nuser-quota=many\n");
  program.Signal(SIGHUP);
  ASSERT_TRUE(program.WaitFor("the configuration stays as it is: turn.conf line 3: user-quota"))
      << program.printed();
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

TEST_F(ProgramTest, Sigusr1WithoutAllocationsEndsWell) {
  Program program({"--no-auth", "--listening-ip=127.0.0.1", Port(FreePort())});
  ASSERT_TRUE(program.WaitFor("ready\n"));
  program.Signal(SIGUSR1);
  EXPECT_EQ(program.Wait(), 0);
  EXPECT_THAT(program.printed(), HasSubstr("draining: no new allocations; 0 go on"));
  EXPECT_THAT(program.printed(), HasSubstr("drained\n"));
}

TEST_F(ProgramTest, DrainingIsNotReadyAndEndsAfterItsTimeout) {
  const uint16_t port = FreePort(), metrics = FreePort();
  Program program({"--no-auth", "--listening-ip=127.0.0.1", Port(port), "--allow-loopback-peers",
                   "--prometheus", "--prometheus-port=" + std::to_string(metrics),
                   "--drain-timeout=2"});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  const auto status = [&](const std::string& path) {
    FILE* curl = ::popen(("curl -s -o /dev/null -w '%{http_code}' --max-time 10 http://127.0.0.1:" +
                          std::to_string(metrics) + path)
                             .c_str(),
                         "r");
    std::array<char, 16> code{};
    const size_t got = std::fread(code.data(), 1, code.size(), curl);
    ::pclose(curl);
    return std::string(code.data(), got);
  };
  TestClient client({net::Address::V4(127, 0, 0, 1), port}, net::Address::V4(127, 0, 0, 1));
  ASSERT_EQ(client.Allocate(), 0);
  EXPECT_EQ(status("/readyz"), "200");
  EXPECT_EQ(status("/metrics"), "200");
  program.Signal(SIGUSR1);
  ASSERT_TRUE(program.WaitFor("draining: no new allocations; 1 go on, for 2 seconds at most"));
  EXPECT_EQ(status("/readyz"), "503");
  EXPECT_EQ(status("/healthz"), "200");
  EXPECT_EQ(client.Refresh(600), 0);
  EXPECT_EQ(program.Wait(), 0);
  EXPECT_THAT(program.printed(), HasSubstr("drain-timeout is over"));
  EXPECT_THAT(program.printed(), HasSubstr("reason=\"the server stops\""));
}

TEST_F(ProgramTest, ARenewedCertificateIsTakenUpByItself) {
  SelfSignedOptions options;
  options.now = std::time(nullptr);
  options.directory = Path("cert");
  std::filesystem::create_directory(options.directory);
  const auto certificate = *EnsureSelfSigned(options);
  Program program({"--no-auth", "--listening-ip=127.0.0.1", Port(FreePort()), TlsPort(),
                   "--https-port=" + std::to_string(FreePort()),
                   "--cert=" + certificate.certificate_file, "--pkey=" + certificate.key_file,
                   "--no-tls"});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  std::filesystem::remove(certificate.certificate_file);
  ASSERT_TRUE(program.WaitFor("the certificate stays as it is: ")) << program.printed();
  ASSERT_TRUE(EnsureSelfSigned(options)->made);
  ASSERT_TRUE(program.WaitFor("certificate read again\n"));
  program.Signal(SIGUSR2);
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

TEST_F(ProgramTest, TellsTheServiceManagerWhenItIsReadyAndWhenItStops) {
  const UniqueFd manager(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = Path("notify");
  std::copy(path.begin(), path.end(), address.sun_path);
  ASSERT_EQ(::bind(manager.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  Program program({"--no-auth", "--listening-ip=127.0.0.1", Port(FreePort())});
  ::unsetenv("NOTIFY_SOCKET");
  const auto next = [&] {
    pollfd poll{.fd = manager.get(), .events = POLLIN, .revents = 0};
    std::array<char, 64> text{};
    if (::poll(&poll, 1, 30'000) <= 0) return std::string("nothing");
    const ssize_t got = ::recv(manager.get(), text.data(), text.size(), 0);
    return std::string(text.data(), got > 0 ? static_cast<size_t>(got) : 0);
  };
  EXPECT_EQ(next(), "READY=1");
  program.Signal(SIGTERM);
  EXPECT_EQ(next(), "STOPPING=1");
  EXPECT_EQ(program.Wait(), 0);
}

TEST_F(ProgramTest, DemoPrintsPageCredentialLogAndHowToStop) {
  Program program({"--demo", "--listening-ip=127.0.0.1", Port(FreePort()), TlsPort(),
                   "--https-port=" + std::to_string(FreePort()), "--http-port=0",
                   "--state-dir=" + Path("state")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  for (const std::string& part : std::vector<std::string>{
           "https://localhost:", "\"iceServers\":", "\"credential\":", "Ctrl-C", "allowed as peers",
           Path("state") + "/koeru-relay.log"}) {
    EXPECT_THAT(program.printed(), HasSubstr(part));
  }
  EXPECT_TRUE(std::filesystem::exists(Path("state/key.pem")));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

// What a command prints.
std::string OutputOf(const std::string& command) {
  FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::string said;
  std::array<char, 4096> chunk{};
  while (const size_t got = std::fread(chunk.data(), 1, chunk.size(), pipe)) {
    said.append(chunk.data(), got);
  }
  ::pclose(pipe);
  return said;
}

TEST_F(ProgramTest, TheAdminSocketTellsOfAllocationsReloadsAndDrains) {
  const uint16_t port = FreePort();
  const auto write = [&](std::string_view more) {
    std::ofstream(Path("turn.conf"))
        << "listening-ip=127.0.0.1\nlistening-port=" << port
        << "\nno-auth\nallow-loopback-peers\nadmin-socket=" << Path("admin.sock") << "\n"
        << more;
    ::chmod(Path("turn.conf").c_str(), 0600);
  };
  write("");
  Program program({"-c", Path("turn.conf")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  const std::string curl = "curl -s --max-time 20 --unix-socket " + Path("admin.sock") + " ";
  TestClient client({net::Address::V4(127, 0, 0, 1), port}, net::Address::V4(127, 0, 0, 1));
  ASSERT_EQ(client.Allocate(), 0);
  const std::string list = OutputOf(curl + "http://relay/api/allocations");
  EXPECT_THAT(list, HasSubstr("\"total\":1"));
  EXPECT_THAT(list, HasSubstr("\"relayed\":\"" + client.relayed().ToString() + "\""));
  write("user-quota=5\n");
  EXPECT_EQ(OutputOf(curl + "-X POST http://relay/api/reload"),
            "{\"changed\":[\"user-quota\"],\"needs_restart\":[]}\n");
  write("user-quota=many\n");
  EXPECT_THAT(OutputOf(curl + "-X POST http://relay/api/reload"), HasSubstr("line 6"));
  EXPECT_EQ(OutputOf(curl + "-X POST http://relay/api/drain"), "{\"done\":true}\n");
  ASSERT_TRUE(program.WaitFor("draining"));
  const size_t begin = list.find("\"id\":\"") + 6;
  const std::string id = list.substr(begin, list.find('"', begin) - begin);
  EXPECT_EQ(OutputOf(curl + "-X DELETE http://relay/api/allocations/" + id), "{\"done\":true}\n");
  EXPECT_EQ(program.Wait(), 0) << "drained: the operator ended the last allocation";
  EXPECT_FALSE(std::filesystem::exists(Path("admin.sock")));
}

TEST_F(ProgramTest, AnAdministrationThatCouldBeMisusedDoesNotStart) {
  const auto refused = [&](std::vector<std::string> options) {
    options.insert(options.end(), {"--no-auth", "--listening-ip=127.0.0.1", Port(FreePort())});
    Program program(std::move(options));
    EXPECT_EQ(program.Wait(), 1);
    return program.printed();
  };
  EXPECT_THAT(refused({"--web-admin", "--web-admin-user=a:b"}), HasSubstr("needs a certificate"));
  EXPECT_THAT(refused({"--web-admin", "--cert=c.pem", "--pkey=k.pem"}),
              HasSubstr("somebody who may sign in"));
  EXPECT_THAT(refused({"--web-admin-user=nobody"}), HasSubstr("write name:password"));
  EXPECT_THAT(refused({"--admin-socket=" + Path("no/folder/s")}), HasSubstr("admin-socket"));
  EXPECT_THAT(refused({"--cli"}), HasSubstr("koeru top"));
}

TEST_F(ProgramTest, AnUnknownUserToBecomeIsAnError) {
  Program program({"--no-auth", "--listening-ip=127.0.0.1", Port(FreePort()),
                   "--proc-user=nobody-of-this-name", "--no-stdout-log"});
  EXPECT_EQ(program.Wait(), 1);
  EXPECT_THAT(program.printed(), HasSubstr("proc-user=nobody-of-this-name: this machine knows no "
                                           "such name"));
}

}  // namespace
}  // namespace koeru::server
