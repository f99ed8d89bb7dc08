#pragma once

// hook_server.py as a process that ends with this object.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace koeru::server {

class HookServer {
 public:
  // With `certificate` and `key` (PEM files) over TLS.
  explicit HookServer(const std::string& certificate = "", const std::string& key = "") {
    int in[2], out[2];
    EXPECT_EQ(::pipe2(in, O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      const std::string script = KOERU_SOURCE_DIR "/tests/native_server/users/hook_server.py";
      ::execlp("python3", "python3", "-B", script.c_str(),
               certificate.empty() ? nullptr : certificate.c_str(), key.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    keep_alive_ = in[1];
    std::string line;
    for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(out[0]);
    EXPECT_FALSE(line.empty()) << "python3 did not start";
    port_ = line;
  }
  HookServer(const HookServer&) = delete;
  HookServer& operator=(const HookServer&) = delete;
  ~HookServer() { Stop(); }

  void Stop() {
    if (pid_ <= 0) return;
    ::close(keep_alive_);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  std::string Url(const std::string& scheme = "http") const {
    return scheme + (scheme == "http" ? "://127.0.0.1:" : "://localhost:") + port_ + "/turn";
  }

 private:
  pid_t pid_ = -1;
  int keep_alive_ = -1;
  std::string port_;
};

}  // namespace koeru::server
