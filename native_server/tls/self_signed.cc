#include "native_server/tls/self_signed.h"

#include <fcntl.h>
#include <mbedtls/x509_crt.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "native_server/tls/certificate_writer.h"
#include "native_server/tls/secret_file.h"
#include "native_server/tls/tls_context.h"

namespace koeru::server {
namespace {

constexpr std::time_t kDay = 24 * 3600;
constexpr std::time_t kValidity = 397 * kDay;  // CA/Browser Forum limit of 398 days, less one
constexpr std::time_t kClockSkew = 3600;       // other clocks may be late

absl::Status Failed(std::string_view what, const std::string& path, int error) {
  return absl::UnavailableError(absl::StrCat(
      "cannot ", what, " \"", path, "\" for the self-signed certificate: ", std::strerror(error),
      ". Choose a directory that this user may write to, or give a certificate and a key."));
}

// Holds the directory open and locked, so that two servers that start at once make one pair.
class LockedDirectory {
 public:
  LockedDirectory() = default;
  LockedDirectory(const LockedDirectory&) = delete;
  LockedDirectory& operator=(const LockedDirectory&) = delete;
  ~LockedDirectory() {
    if (fd_ >= 0) close(fd_);
  }
  absl::Status Open(const std::string& path) {
    std::error_code error;
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    if (!parent.empty()) std::filesystem::create_directories(parent, error);
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return Failed("make", path, errno);
    fd_ = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd_ < 0) return Failed("open", path, errno);
    if (flock(fd_, LOCK_EX) != 0) return Failed("lock", path, errno);
    return absl::OkStatus();
  }
  // Written aside and renamed, so that a reader never sees half a file.
  absl::Status Write(const std::string& name, std::string_view text) const {
    const std::string aside = name + ".new";
    unlinkat(fd_, aside.c_str(), 0);
    const int file =
        openat(fd_, aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) return Failed("write", name, errno);
    bool ok = true;
    while (ok && !text.empty()) {
      const ssize_t n = write(file, text.data(), text.size());
      if (n < 0 && errno == EINTR) continue;
      ok = n > 0;
      if (ok) text.remove_prefix(static_cast<size_t>(n));
    }
    ok = ok && fsync(file) == 0;
    int error = errno;
    close(file);
    if (ok && renameat(fd_, aside.c_str(), fd_, name.c_str()) == 0) return absl::OkStatus();
    if (ok) error = errno;
    unlinkat(fd_, aside.c_str(), 0);
    return Failed("write", name, error);
  }

 private:
  int fd_ = -1;
};

// Why the pair that is there cannot be used; empty if it can.
std::string WhyNotKept(const SelfSignedCertificate& files, const SubjectNames& wanted,
                       std::time_t now) {
  if (access(files.certificate_file.c_str(), F_OK) != 0 && errno == ENOENT) return "there was none";
  // Made by us as 0600; whoever widened it gets it narrowed again before it is judged.
  chmod(files.key_file.c_str(), 0600);
  auto context = TlsContext::ForServer(
      {.certificate_file = files.certificate_file, .key_file = files.key_file, .alpn = {}});
  if (!context.ok()) return absl::StrCat("the old one is unusable: ", context.status().message());
  if ((*context)->expires_at() < now + kDay) return "the old one has expired or soon will";

  auto pem = ReadPublicFile(files.certificate_file, "certificate");
  if (!pem.ok()) return std::string(pem.status().message());
  mbedtls_x509_crt parsed;
  mbedtls_x509_crt_init(&parsed);
  SubjectNames present;
  if (mbedtls_x509_crt_parse(&parsed, reinterpret_cast<const unsigned char*>(pem->c_str()),
                             pem->size() + 1) == 0) {
    present = NamesOfCertificate(parsed);
  }
  mbedtls_x509_crt_free(&parsed);
  for (const SubjectName& name : wanted) {
    if (!present.contains(name)) return absl::StrCat("the old one does not name ", ToString(name));
  }
  return "";
}

}  // namespace

absl::StatusOr<SelfSignedCertificate> EnsureSelfSigned(const SelfSignedOptions& options) {
  LockedDirectory directory;
  if (absl::Status status = directory.Open(options.directory); !status.ok()) return status;
  const std::filesystem::path base(options.directory);
  SelfSignedCertificate files{
      .certificate_file = base / "cert.pem", .key_file = base / "key.pem", .report = ""};
  const SubjectNames names = NamesOfThisHost(options.host_name, options.addresses);
  const std::string reason = WhyNotKept(files, names, options.now);
  if (reason.empty()) {
    files.report = absl::StrCat("using the self-signed certificate ", files.certificate_file);
    return files;
  }
  auto pair =
      WriteSelfSigned(names, options.now - kClockSkew, options.now - kClockSkew + kValidity - 1);
  if (!pair.ok()) return pair.status();
  absl::Status status = directory.Write("key.pem", pair->key.text());
  if (status.ok()) status = directory.Write("cert.pem", pair->certificate);
  if (!status.ok()) return status;
  files.made = true;
  files.report = absl::StrCat("made a self-signed certificate ", files.certificate_file, " (",
                              reason, "); browsers will ask whether to trust it");
  return files;
}

}  // namespace koeru::server
