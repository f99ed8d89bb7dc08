#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "native_server/config/option_table.h"
#include "native_server/config/parse_value.h"
#include "native_server/config/raw_option.h"
#include "native_server/io/unique_fd.h"

namespace koeru::server {
namespace {

// More than any configuration needs; a wrong file (a log, a disk image) is noticed here.
constexpr size_t kMaxFileBytes = 1 << 20;

bool IsSeparator(char c) { return c == ' ' || c == '\t' || c == '='; }

RawOption SplitLine(std::string_view line) {
  size_t end = 0;
  while (end < line.size() && !IsSeparator(line[end])) ++end;
  RawOption raw;
  raw.name = line.substr(0, end);
  size_t start = end;
  while (start < line.size() && IsSeparator(line[start])) ++start;
  std::string_view value = line.substr(start);
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    raw.value = value.substr(1, value.size() - 2);
  } else if (!value.empty()) {
    raw.value = value;
  }
  return raw;
}

absl::Status RefuseLooseMode(const std::string& path, mode_t mode,
                             const std::vector<RawOption>& options) {
  if ((mode & S_IWOTH) != 0) {
    return absl::PermissionDeniedError(absl::StrCat(
        path, ": every user of this machine can change the file: run  chmod o-w ", path));
  }
  if ((mode & S_IROTH) == 0) return absl::OkStatus();
  for (const RawOption& raw : options) {
    const Option* option = FindOption(raw.name);
    if (option == nullptr || option->kind != Kind::kSecret) continue;
    return absl::PermissionDeniedError(
        absl::StrCat(raw.origin, ": ", raw.name,
                     " is a secret, and every user of this machine can "
                     "read the file: run  chmod o-r ",
                     path));
  }
  return absl::OkStatus();
}

absl::Status CannotRead(const std::string& path, std::string_view why) {
  return absl::NotFoundError(absl::StrCat("cannot read the configuration file ", path, ": ", why,
                                          "; check the path after -c"));
}

}  // namespace

absl::StatusOr<std::vector<RawOption>> ParseConfigText(std::string_view text,
                                                       std::string_view file_name) {
  std::vector<RawOption> options;
  size_t number = 0;
  for (std::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    const std::string origin = absl::StrCat(file_name, " line ", number);
    if (line.find('\0') != std::string_view::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat(origin, ": there is a zero byte: this is no text file"));
    }
    options.push_back(SplitLine(line));
    options.back().origin = origin;
    if (options.back().name.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(origin, ": the line starts with '=': write name=value"));
    }
  }
  return options;
}

absl::StatusOr<std::vector<RawOption>> ReadConfigFile(const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.is_open()) return CannotRead(path, std::strerror(errno));
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return CannotRead(path, std::strerror(errno));
  if (!S_ISREG(status.st_mode)) return CannotRead(path, "it is no regular file");
  std::string text;
  std::string chunk(65536, '\0');
  while (true) {
    const ssize_t got = ::read(fd.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return CannotRead(path, std::strerror(errno));
    if (got == 0) break;
    text.append(chunk, 0, static_cast<size_t>(got));
    if (text.size() > kMaxFileBytes) return CannotRead(path, "it is larger than 1 MB");
  }
  auto options = ParseConfigText(text, std::filesystem::path(path).filename().string());
  if (!options.ok()) return options;
  if (absl::Status status_of_mode = RefuseLooseMode(path, status.st_mode, *options);
      !status_of_mode.ok()) {
    return status_of_mode;
  }
  return options;
}

}  // namespace koeru::server
