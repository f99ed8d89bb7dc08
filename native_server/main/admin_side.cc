#include "native_server/main/admin_side.h"

#include <unistd.h>

#include <csignal>

#include "absl/strings/str_cat.h"
#include "native_server/admin/sign_in.h"
#include "native_server/io/clock.h"
#include "native_server/log/log.h"
#include "native_server/main/stats_json.h"

namespace koeru::server {
namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr unsigned kThreads = 2;  // a database of administrators that is slow holds one

AdminActions ActionsOf(const CurrentSettings& settings, RelayServer& relay, ReloadDesk& reloads,
                       const std::atomic<bool>& ready) {
  AdminActions actions;
  actions.status_json = [&relay, &ready, start = Now()] {
    const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(Now() - start);
    return absl::StrCat(
        "{\"version\":\"", KOERU_VERSION, "\",\"draining\":", ready.load() ? "false" : "true",
        ",\"counters\":", StatsJson(relay.Sum(), static_cast<uint64_t>(uptime.count())), "}");
  };
  actions.list = [&relay] { return relay.ListAllocations(kPatience); };
  actions.end = [&relay](size_t worker, relay::AllocationHandle allocation) {
    return relay.EndAllocation(worker, allocation, kPatience);
  };
  actions.reload = [&reloads] { return reloads.Ask(kPatience); };
  actions.drain = [] { ::kill(::getpid(), SIGUSR1); };
  actions.sign_in = [&settings](std::string_view name, std::string_view password) {
    const auto now = settings.Get();
    return SignIn(now->options.web_admin_users, now->options.user_database, name, password);
  };
  actions.log = [](std::string_view text) { LOG(INFO) << "administration: " << text; };
  return actions;
}

}  // namespace

absl::StatusOr<std::unique_ptr<AdminSide>> AdminSide::Start(const CurrentSettings& settings,
                                                            const CertificateFiles& certificate,
                                                            RelayServer& relay, ReloadDesk& reloads,
                                                            const std::atomic<bool>& ready) {
  auto side = std::make_unique<AdminSide>();
  const auto at_start = settings.Get();
  const ServerOptions& options = at_start->options;
  side->api_ =
      std::make_unique<AdminApi>(ActionsOf(settings, relay, reloads, ready), side->random_);
  if (absl::Status status = side->ListenLocally(options); !status.ok()) return status;
  if (absl::Status status = side->ListenForPages(options, certificate); !status.ok()) {
    return status;
  }
  return side;
}

absl::Status AdminSide::ListenLocally(const ServerOptions& options) {
  if (options.admin_socket.empty()) return absl::OkStatus();
  auto answer = [api = api_.get()](const SmallRequest& request) {
    const size_t mark = request.target.find('?');
    const std::string_view query =
        mark == std::string_view::npos ? std::string_view() : request.target.substr(mark + 1);
    AdminReply reply = api->Answer({.method = request.method,
                                    .path = request.target.substr(0, mark),
                                    .query = query,
                                    .authorization = {},
                                    .is_local = true},
                                   Now(), std::chrono::steady_clock::now());
    return SmallReply{reply.status, reply.content_type, std::move(reply.body)};
  };
  auto server = SmallServer::ListenUnix(options.admin_socket, answer);
  if (!server.ok()) {
    return absl::UnavailableError(
        absl::StrCat("admin-socket ", options.admin_socket, ": ", server.status().message(),
                     "; choose another path, in a directory that is there"));
  }
  local_ = *std::move(server);
  LOG(INFO) << "administration on the socket " << options.admin_socket;
  return absl::OkStatus();
}

absl::Status AdminSide::ListenForPages(const ServerOptions& options,
                                       const CertificateFiles& certificate) {
  if (!options.web_admin) return absl::OkStatus();
  const std::string address =
      options.web_admin_ip ? options.web_admin_ip->ToString() : std::string("127.0.0.1");
  auto answer = [api = api_.get()](const web::RequestInfo& info, const web::RequestLine& line) {
    boost::system::error_code error;
    const auto source = boost::asio::ip::make_address(info.source, error);
    AdminReply reply = api->Answer({.method = line.method,
                                    .path = line.path,
                                    .query = line.query,
                                    .authorization = line.authorization,
                                    .is_local = false,
                                    .source = SourceKey::Of(source)},
                                   Now(), std::chrono::steady_clock::now());
    return web::HandlerReply{reply.status, reply.content_type, std::move(reply.body)};
  };
  auto pages = SecurePages::Start(
      {address, options.web_admin_port, certificate, kThreads, std::move(answer)});
  if (!pages.ok()) return pages.status();
  pages_ = *std::move(pages);
  LOG(INFO) << "administration page on https://" << address << ":" << options.web_admin_port << "/";
  return absl::OkStatus();
}

absl::Status AdminSide::ReloadCertificate() {
  return pages_ ? pages_->ReloadCertificate() : absl::OkStatus();
}

void AdminSide::Stop() {
  local_.reset();
  pages_.reset();
}

}  // namespace koeru::server
