#pragma once

// Runs part of a test in a child process with a network of its own: nothing but a loopback
// interface, with the MTU that is asked for. Needs root, or a kernel that lets everybody make user
// namespaces.

#include <gtest/gtest.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <functional>

namespace koeru::server {

inline bool SetUpLoopback(int mtu) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_mtu = mtu;
  bool ok = ::ioctl(fd, SIOCSIFMTU, &request) == 0;
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  ok = ok && ::ioctl(fd, SIOCSIFFLAGS, &request) == 0;
  ::close(fd);
  return ok;
}

// Expectations of `body` print where they fail, and fail this test as well.
inline void InNetworkOfMtu(int mtu, const std::function<void()>& body) {
  constexpr int kNoNetwork = 2;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const bool alone =
        ::unshare(CLONE_NEWNET) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
    if (!alone || !SetUpLoopback(mtu)) ::_exit(kNoNetwork);
    body();
    ::_exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  ASSERT_NE(WEXITSTATUS(status), kNoNetwork)
      << "no network namespace: run as root, or with unprivileged user namespaces enabled";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace koeru::server
