#pragma once

// What an operator's programs and the administration page ask for, as JSON (ADMIN.md describes it):
//
//   POST   /api/login                  Authorization: Basic ...; gives a token
//   POST   /api/logout
//   GET    /api/status                 version, uptime, counters
//   GET    /api/allocations            ?sort=traffic|age|user&limit=100
//   DELETE /api/allocations/ID         ends one
//   POST   /api/reload                 reads the configuration again, or says why not
//   POST   /api/drain                  no new allocations from now on
//
// and the page itself: /, /admin.js, /admin.css.
//
// From the Unix socket, which only the server's user and root may open, everything is answered;
// from the network only who shows a token.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/admin/admin_sessions.h"
#include "native_server/door/rate_limiter.h"
#include "native_server/worker/operator_orders.h"

namespace koeru::server {

// Views live for the call only.
struct AdminRequest {
  std::string_view method;
  std::string_view path, query;    // "/api/allocations", "limit=5"
  std::string_view authorization;  // the header's value, empty without one
  bool is_local = false;           // over the Unix socket
  SourceKey source{};              // of others
};

struct AdminReply {
  int status = 200;
  std::string_view content_type = "application/json";
  std::string body;
};

// What a reload led to.
struct ReloadReport {
  std::vector<std::string> changed, needs_restart;
};

// The server as the API sees it. Called on the threads of whoever calls Answer; they may wait a few
// seconds.
struct AdminActions {
  std::function<std::string()> status_json;  // an object
  std::function<std::vector<WatchedAllocation>()> list;
  std::function<bool(size_t worker, relay::AllocationHandle)> end;
  std::function<absl::StatusOr<ReloadReport>()> reload;
  std::function<void()> drain;
  // Nobody: there is no such administrator, or the password is another one. An error: it cannot be
  // found out now.
  std::function<absl::StatusOr<std::optional<Admin>>(std::string_view name,
                                                     std::string_view password)>
      sign_in;
  std::function<void(std::string_view)> log;  // a line about what an administrator did
};

class AdminApi {
 public:
  static constexpr size_t kDefaultLimit = 100, kMaxLimit = 5000;
  // Attempts to sign in, for each source.
  static constexpr double kSignInBurst = 5, kSignInsPerSecond = 0.1;

  AdminApi(AdminActions actions, relay::RandomSource& random)
      : actions_(std::move(actions)), sessions_(random) {}

  // May be called from several threads at once.
  AdminReply Answer(const AdminRequest& request, net::Instant now, TimePoint time);

 private:
  AdminReply SignIn(const AdminRequest& request, net::Instant now, TimePoint time);
  AdminReply Route(const AdminRequest& request, const Admin& admin);
  AdminReply List(const AdminRequest& request, const Admin& admin);
  AdminReply End(std::string_view id, const Admin& admin);
  AdminReply Reload(const Admin& admin);
  AdminReply Drain(const Admin& admin);

  const AdminActions actions_;
  AdminSessions sessions_;
  SharedRateLimiter sign_ins_{kSignInBurst, kSignInsPerSecond};
};

}  // namespace koeru::server
