// OpenSSL as a foreign peer of our media peers: it must agree on the profile and export the same
// keys.
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/bytes/hex.h"
#include "tests/native_server/free_port.h"
#include "tests/native_server/tls/media_test_support.h"

extern char** environ;

namespace koeru::server {
namespace {

// `openssl` with its output in a pipe. It is ended when this goes.
class Openssl {
 public:
  explicit Openssl(std::vector<std::string> arguments) {
    std::array<int, 2> input{}, output{};
    EXPECT_EQ(pipe(input.data()) + pipe(output.data()), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], 0);
    posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    posix_spawn_file_actions_adddup2(&actions, output[1], 2);
    for (const int fd : {input[1], output[0]}) posix_spawn_file_actions_addclose(&actions, fd);
    arguments.insert(arguments.begin(), "openssl");
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    EXPECT_EQ(posix_spawnp(&pid_, "openssl", &actions, nullptr, pointers.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(input[0]);
    close(output[1]);
    input_ = input[1];  // open: s_client ends with its input
    output_ = output[0];
    fcntl(output_, F_SETFL, O_NONBLOCK);
  }
  ~Openssl() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    close(input_);
    close(output_);
  }
  Openssl(const Openssl&) = delete;
  Openssl& operator=(const Openssl&) = delete;

  // All that it has printed so far.
  const std::string& output() {
    std::array<char, 4096> buffer{};
    ssize_t size = 0;
    while ((size = read(output_, buffer.data(), buffer.size())) > 0) {
      text_.append(buffer.data(), static_cast<size_t>(size));
    }
    return text_;
  }
  // What follows `label` on its line; empty while the line is not there.
  std::string Find(const std::string& label) {
    const std::string& text = output();
    const size_t at = text.find(label);
    const size_t end = text.find('\n', at);
    if (at == std::string::npos || end == std::string::npos) return {};
    return std::string(
        absl::StripAsciiWhitespace(text.substr(at + label.size(), end - at - label.size())));
  }

 private:
  pid_t pid_ = -1;
  int input_ = -1, output_ = -1;
  std::string text_;
};

class Socket {
 public:
  Socket() : fd_(socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    socklen_t size = sizeof(address);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~Socket() { close(fd_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  uint16_t port() const { return port_; }
  void Connect(uint16_t port) {
    peer_.sin_family = AF_INET;
    peer_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    peer_.sin_port = htons(port);
  }
  void Send(const std::vector<uint8_t>& datagram) {
    sendto(fd_, datagram.data(), datagram.size(), 0, reinterpret_cast<sockaddr*>(&peer_),
           sizeof(peer_));
  }
  // Waits for 50 ms at most; empty when nothing came. Answers go where it came from.
  std::vector<uint8_t> Receive() {
    pollfd ready{fd_, POLLIN, 0};
    if (poll(&ready, 1, 50) != 1) return {};
    std::vector<uint8_t> datagram(65536);
    socklen_t size = sizeof(peer_);
    const ssize_t got = recvfrom(fd_, datagram.data(), datagram.size(), 0,
                                 reinterpret_cast<sockaddr*>(&peer_), &size);
    datagram.resize(got > 0 ? static_cast<size_t>(got) : 0);
    return datagram;
  }

 private:
  int fd_;
  uint16_t port_ = 0;
  sockaddr_in peer_{};
};

net::Instant Now() {
  return net::Instant::FromNanoseconds(std::chrono::steady_clock::now().time_since_epoch().count());
}

// Our side of the handshake, for half a minute at most.
bool Shake(DtlsEngine& engine, Socket& socket) {
  const net::Instant end = Now() + std::chrono::seconds(30);
  bool done = false;
  engine.SetNow(Now());
  if (engine.Handshake() == DtlsEngine::Progress::kFailed) return false;
  while (!done && Now() < end) {
    for (const auto& datagram : engine.TakeOutput()) socket.Send(datagram);
    const std::vector<uint8_t> datagram = socket.Receive();
    if (!datagram.empty()) {
      engine.SetInput(datagram, Now());
    } else {
      engine.SetNow(Now());
      if (Now() < engine.NextDeadline()) continue;
    }
    const auto progress = engine.Handshake();
    if (progress == DtlsEngine::Progress::kFailed) return false;
    done = progress == DtlsEngine::Progress::kDone;
  }
  for (const auto& datagram : engine.TakeOutput()) socket.Send(datagram);
  return done;
}

std::string WaitFor(Openssl& openssl, const std::string& label) {
  for (int i = 0; i < 600 && openssl.Find(label).empty(); ++i) poll(nullptr, 0, 50);
  return openssl.Find(label);
}

// "Keying material" as RFC 5764 orders it.
std::string Exported(const SrtpKeys& keys) {
  const SrtpKeySizes sizes = *SrtpKeySizesOf(keys.profile);
  const Bytes client(keys.client), server(keys.server);
  return absl::AsciiStrToUpper(
      absl::StrCat(ToHex(client.first(sizes.key)), ToHex(server.first(sizes.key)),
                   ToHex(client.subspan(sizes.key)), ToHex(server.subspan(sizes.key))));
}

std::vector<std::string> Options(SrtpProfile profile) {
  const SrtpKeySizes sizes = *SrtpKeySizesOf(profile);
  // OpenSSL leaves the HMAC out of two names.
  const std::string name = absl::StrReplaceAll(SrtpProfileName(profile), {{"_HMAC", ""}});
  return {"-dtls1_2",
          "-use_srtp",
          name,
          "-keymatexport",
          "EXTRACTOR-dtls_srtp",
          "-keymatexportlen",
          std::to_string(2 * (sizes.key + sizes.salt))};
}

TEST(OpensslSrtp, AClientOfOpensslHasOurKeys) {
  for (const SrtpProfile profile : kAllProfiles) {
    TemporaryDirectory directory;
    const SelfSignedCertificate files = MakeCertificate(directory.path());
    Socket socket;
    std::vector<std::string> arguments = {"s_client",
                                          "-connect",
                                          absl::StrCat("127.0.0.1:", socket.port()),
                                          "-cert",
                                          files.certificate_file,
                                          "-key",
                                          files.key_file};
    const auto options = Options(profile);
    arguments.insert(arguments.end(), options.begin(), options.end());
    Openssl openssl(arguments);
    DtlsEngine engine(MediaContext(false));
    ASSERT_TRUE(Shake(engine, socket)) << SrtpProfileName(profile) << openssl.output();
    const auto keys = engine.srtp_keys();
    ASSERT_TRUE(keys.has_value()) << SrtpProfileName(profile);
    EXPECT_EQ(keys->profile, profile);
    EXPECT_EQ(WaitFor(openssl, "Keying material: "), Exported(*keys)) << openssl.output();
    EXPECT_FALSE(engine.peer_certificate_der().empty());
  }
}

// As one with many extensions comes through a path that carries little.
TEST(OpensslSrtp, Rfc6347_4_2_3_AClientHelloInSeveralDatagramsIsRead) {
  Socket socket;
  Openssl openssl({"s_client", "-connect", absl::StrCat("127.0.0.1:", socket.port()), "-dtls1_2",
                   "-use_srtp", "SRTP_AEAD_AES_128_GCM", "-mtu", "256", "-servername",
                   absl::StrCat(std::string(60, 'a'), ".", std::string(60, 'b'), ".example"),
                   "-alpn", std::string(200, 'c')});
  std::vector<uint8_t> first;
  for (int i = 0; i < 200 && first.empty(); ++i) first = socket.Receive();
  ASSERT_GT(first.size(), 25u);
  EXPECT_LT(first.size(), 256u);
  DtlsEngine engine(MediaContext(false));
  engine.SetInput(first, Now());
  EXPECT_EQ(engine.Handshake(), DtlsEngine::Progress::kNothing) << "there is more of it";
  ASSERT_TRUE(Shake(engine, socket)) << openssl.output();
  EXPECT_TRUE(engine.srtp_keys().has_value());
}

TEST(OpensslSrtp, AServerOfOpensslHasOurKeys) {
  for (const SrtpProfile profile : kAllProfiles) {
    TemporaryDirectory directory;
    const SelfSignedCertificate files = MakeCertificate(directory.path());
    const uint16_t port = FreePort();
    std::vector<std::string> arguments = {"s_server",
                                          "-accept",
                                          absl::StrCat("127.0.0.1:", port),
                                          "-cert",
                                          files.certificate_file,
                                          "-key",
                                          files.key_file,
                                          "-Verify",
                                          "1"};
    const auto options = Options(profile);
    arguments.insert(arguments.end(), options.begin(), options.end());
    Openssl openssl(arguments);
    // What is sent before it listens is lost, and sent again.
    Socket socket;
    socket.Connect(port);
    // All of ours: the server has one.
    DtlsEngine engine(MediaContext(true));
    ASSERT_TRUE(Shake(engine, socket)) << SrtpProfileName(profile) << openssl.output();
    const auto keys = engine.srtp_keys();
    ASSERT_TRUE(keys.has_value()) << SrtpProfileName(profile);
    EXPECT_EQ(keys->profile, profile);
    EXPECT_EQ(WaitFor(openssl, "Keying material: "), Exported(*keys)) << openssl.output();
    EXPECT_FALSE(engine.peer_certificate_der().empty());
  }
}

}  // namespace
}  // namespace koeru::server
