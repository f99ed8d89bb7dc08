// koeru-relay as a program: what it prints, how it ends.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

uint16_t FreePort() {
  const UniqueFd socket = OpenRelaySocketFd({net::Address::V4(127, 0, 0, 1), 0}, {});
  return LocalEndpointOf(socket.get()).port;
}

// The program with standard output and error in one pipe.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), KOERU_RELAY_PROGRAM);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();
    output_ = UniqueFd(ends[0]);
    const UniqueFd write_end(ends[1]);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(write_end.get(), STDOUT_FILENO);
      ::dup2(write_end.get(), STDERR_FILENO);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
  }
  ~Program() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }

  // Reads until the text is there; false at the end of the output or after 30 s.
  bool WaitFor(std::string_view text) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (printed_.find(text) == std::string::npos) {
      pollfd poll{.fd = output_.get(), .events = POLLIN, .revents = 0};
      if (std::chrono::steady_clock::now() > end || ::poll(&poll, 1, 30'000) <= 0) return false;
      std::array<char, 4096> chunk{};
      const ssize_t got = ::read(output_.get(), chunk.data(), chunk.size());
      if (got <= 0) return false;
      printed_.append(chunk.data(), static_cast<size_t>(got));
    }
    return true;
  }
  void Signal(int signal) const { ::kill(pid_, signal); }
  // The exit code, or minus the signal that ended it.
  int Wait() {
    WaitFor("\x01 never printed");
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  const std::string& printed() const { return printed_; }

 private:
  pid_t pid_ = -1;
  UniqueFd output_;
  std::string printed_;
};

class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-main-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::string Path(std::string_view name) const { return directory_ + "/" + std::string(name); }
  static std::string Port(uint16_t port) { return "--listening-port=" + std::to_string(port); }

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
  Program program({"--no-auth", "--listening-ip=127.0.0.1", Port(endpoint.port)});
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
  std::ofstream(Path("turn.conf")) << "listening-ip=127.0.0.1\r\nlistening-port="
                                   << FreePort() << "\r\nstatic-auth-secret=abc\r\n";
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

TEST_F(ProgramTest, DemoPrintsPageCredentialLogAndHowToStop) {
  Program program({"--demo", "--listening-ip=127.0.0.1", Port(FreePort()),
                   "--https-port=" + std::to_string(FreePort()), "--http-port=0",
                   "--state-dir=" + Path("state")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  for (const std::string& part : std::vector<std::string>{
           "https://localhost:", "\"iceServers\":", "\"credential\":", "Ctrl-C",
           "allowed as peers", Path("state") + "/koeru-relay.log"}) {
    EXPECT_THAT(program.printed(), HasSubstr(part));
  }
  EXPECT_TRUE(std::filesystem::exists(Path("state/key.pem")));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
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
