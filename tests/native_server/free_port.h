#pragma once

// Ports for servers that a test starts.

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace koeru::server {

// A port of 127.0.0.1 that nobody uses for UDP or TCP, and that no other test is given until this
// process ends: ctest runs several at once, and the server binds it only later. It lies below
// Linux's range of ephemeral ports (32768 and up), so no client's socket takes it meanwhile either,
// and below the relayed ports of tests/bench.
inline uint16_t FreePort() {
  constexpr uint16_t kFirst = 10000, kLast = 16383;
  const auto local = [](uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
  };
  const auto is_free = [&local](int type, uint16_t port) {
    const int fd = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
    const sockaddr_in address = local(port);
    const bool bound =
        ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    ::close(fd);
    return bound;
  };
  // The reservation is a Unix socket with an abstract name; it is never closed by hand.
  const auto reserve = [](uint16_t port) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    const std::string text = "koeru-test-port-" + std::to_string(port);
    text.copy(name.sun_path + 1, sizeof(name.sun_path) - 1);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + text.size());
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&name), length) == 0) return true;
    ::close(fd);
    return false;
  };
  std::random_device random;
  std::uniform_int_distribution<int> choose(kFirst, kLast);
  for (int tries = 0; tries < 1000; ++tries) {
    const auto port = static_cast<uint16_t>(choose(random));
    if (is_free(SOCK_DGRAM, port) && is_free(SOCK_STREAM, port) && reserve(port)) return port;
  }
  std::abort();
}

}  // namespace koeru::server
