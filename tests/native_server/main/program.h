#pragma once

// koeru-relay as a program that a test starts.

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "native_server/io/unique_fd.h"
#include "tests/native_server/free_port.h"

namespace koeru::server {

// The program with standard output and error in one pipe.
class Program {
 public:
  // `path`: a link to it with another name, say.
  explicit Program(std::vector<std::string> arguments, std::string path = KOERU_RELAY_PROGRAM) {
    arguments.insert(arguments.begin(), std::move(path));
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

}  // namespace koeru::server
