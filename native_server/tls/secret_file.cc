#include "native_server/tls/secret_file.h"

#include <fcntl.h>
#include <mbedtls/platform_util.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

// A chain of many certificates with large keys stays far below this.
constexpr size_t kLargestFile = 1 << 20;

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

absl::Status CannotRead(const std::string& path, std::string_view what, int error) {
  std::string remedy =
      error == EACCES ? " Let the user of this server read it." : " Check the path in the options.";
  return absl::NotFoundError(absl::StrCat("cannot read the ", what, " \"", path,
                                          "\": ", std::strerror(error), ".", remedy));
}

absl::StatusOr<std::string> ReadFile(const std::string& path, std::string_view what, bool secret) {
  FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return CannotRead(path, what, errno);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return CannotRead(path, what, errno);
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the ", what, " \"", path, "\" is not a file. Give the path of a PEM file."));
  }
  if (secret && (info.st_mode & (S_IROTH | S_IWOTH)) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat("the ", what, " \"", path,
                     "\" is open to every user of this machine. Run: chmod 600 ", path));
  }
  if (static_cast<size_t>(info.st_size) > kLargestFile) {
    return absl::InvalidArgumentError(absl::StrCat("the ", what, " \"", path, "\" is larger than ",
                                                   kLargestFile, " bytes. Give a PEM file."));
  }
  std::string text(static_cast<size_t>(info.st_size), '\0');
  size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t n = read(file.get(), text.data() + filled, text.size() - filled);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return CannotRead(path, what, errno);
    if (n == 0) break;
    filled += static_cast<size_t>(n);
  }
  text.resize(filled);
  return text;
}

}  // namespace

void SecretText::Wipe() {
  mbedtls_platform_zeroize(text_.data(), text_.size());
  text_.clear();
}

absl::StatusOr<std::string> ReadPublicFile(const std::string& path, std::string_view what) {
  return ReadFile(path, what, /*secret=*/false);
}

absl::StatusOr<SecretText> ReadSecretFile(const std::string& path, std::string_view what) {
  absl::StatusOr<std::string> text = ReadFile(path, what, /*secret=*/true);
  if (!text.ok()) return text.status();
  return SecretText(*std::move(text));
}

}  // namespace koeru::server
