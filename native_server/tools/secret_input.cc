#include "native_server/tools/secret_input.h"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/tools/input.h"

namespace koeru::tools {
namespace {

constexpr size_t kMaxSecret = 4096;

// No echo for as long as it lives, when the file is a terminal.
class NoEcho {
 public:
  explicit NoEcho(std::FILE* file) : fd_(::fileno(file)) {
    is_terminal_ = ::isatty(fd_) != 0 && ::tcgetattr(fd_, &before_) == 0;
    if (!is_terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(fd_, TCSAFLUSH, &quiet);
  }
  ~NoEcho() {
    if (is_terminal_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  bool is_terminal() const { return is_terminal_; }

 private:
  const int fd_;
  bool is_terminal_ = false;
  termios before_{};
};

absl::StatusOr<std::string> FirstLine(std::FILE* file, std::string_view name) {
  std::string line;
  for (int c = std::fgetc(file); c != EOF && c != '\n'; c = std::fgetc(file)) {
    line += static_cast<char>(c);
    if (line.size() > kMaxSecret) {
      return absl::InvalidArgumentError(absl::StrCat(name, ": the line is longer than 4096 bytes"));
    }
  }
  if (std::ferror(file) != 0) return absl::ErrnoToStatus(errno, name);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": the first line is empty"));
  }
  return line;
}

}  // namespace

absl::StatusOr<std::string> ReadSecret(const std::optional<std::string>& file,
                                       std::string_view prompt, const CommandIo& io,
                                       std::string_view option) {
  if (file && *file != "-") {
    const FilePointer opened(std::fopen(file->c_str(), "rb"));
    if (!opened) return absl::ErrnoToStatus(errno, absl::StrCat(option, " ", Escape(*file)));
    return FirstLine(opened.get(), absl::StrCat(option, " ", Escape(*file)));
  }
  const NoEcho quiet(io.in);
  if (quiet.is_terminal()) Put(io.err, absl::StrCat(prompt, ": "));
  auto line = FirstLine(io.in, "standard input");
  if (quiet.is_terminal()) Put(io.err, "\n");
  return line;
}

}  // namespace koeru::tools
