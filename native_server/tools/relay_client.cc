#include "native_server/tools/relay_client.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <cerrno>
#include <cstring>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "native_server/io/state_dir.h"
#include "native_server/io/unique_fd.h"

namespace koeru::tools {
namespace {

constexpr time_t kPatienceS = 15;
constexpr size_t kMaxAnswer = 64u << 20;

absl::Status WhyNot(const std::string& socket, int error) {
  const std::string place = absl::StrCat("socket ", socket, ": ", std::strerror(error));
  if (error == ENOENT || error == ECONNREFUSED) {
    return absl::NotFoundError(absl::StrCat(
        place,
        "; no relay listens there: start one with admin-socket=PATH, and name the same "
        "path with --socket"));
  }
  if (error == EACCES || error == EPERM) {
    return absl::PermissionDeniedError(
        absl::StrCat(place, "; ask as the user who runs the relay, or as root"));
  }
  return absl::UnavailableError(place);
}

absl::StatusOr<server::UniqueFd> Connect(const std::string& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.size() >= sizeof(address.sun_path)) return WhyNot(socket, ENAMETOOLONG);
  socket.copy(address.sun_path, sizeof(address.sun_path) - 1);
  server::UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const timeval patience{.tv_sec = kPatienceS, .tv_usec = 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    return WhyNot(socket, errno);
  }
  return fd;
}

// Until the other side closes, which it does after each answer.
absl::StatusOr<std::string> ReadAll(int fd, const std::string& socket) {
  std::string text;
  std::vector<char> chunk(65536);
  while (text.size() < kMaxAnswer) {
    const ssize_t got = ::recv(fd, chunk.data(), chunk.size(), 0);
    if (got == 0) return text;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return WhyNot(socket, errno);
    text.append(chunk.data(), static_cast<size_t>(got));
  }
  return WhyNot(socket, EMSGSIZE);
}

}  // namespace

absl::StatusOr<boost::json::object> AskRelay(const std::string& socket, std::string_view method,
                                             std::string_view target) {
  const auto fd = Connect(socket);
  if (!fd.ok()) return fd.status();
  const std::string request = absl::StrCat(method, " ", target, " HTTP/1.1\r\nHost: relay\r\n\r\n");
  if (::send(fd->get(), request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    return WhyNot(socket, errno);
  }
  const auto answer = ReadAll(fd->get(), socket);
  if (!answer.ok()) return answer.status();
  // "HTTP/1.1 200 OK", headers, an empty line, the body.
  const size_t body = answer->find("\r\n\r\n");
  int status = 0;
  if (!answer->starts_with("HTTP/1.1 ") || body == std::string::npos ||
      !absl::SimpleAtoi(answer->substr(9, 3), &status)) {
    return absl::DataLossError(absl::StrCat("socket ", socket, ": that was no answer of a relay"));
  }
  boost::system::error_code error;
  const auto parsed = boost::json::parse(answer->substr(body + 4), error);
  if (error || !parsed.is_object()) {
    return absl::DataLossError(absl::StrCat("socket ", socket, ": the answer is no JSON"));
  }
  if (status == 200) return parsed.get_object();
  const auto* const words = parsed.get_object().if_contains("error");
  return absl::FailedPreconditionError(words != nullptr && words->is_string()
                                           ? std::string(words->get_string())
                                           : absl::StrCat("the relay answered ", status));
}

std::string DefaultRelaySocket() {
  const std::string service = "/run/koeru/admin.sock";
  for (const std::string& path : {service, server::DefaultStateDir() + "/admin.sock"}) {
    if (::access(path.c_str(), F_OK) == 0) return path;
  }
  return service;
}

}  // namespace koeru::tools
