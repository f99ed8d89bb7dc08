#pragma once

// Who is signed in at the administration page: tokens that browsers send with each request
// (Authorization: Bearer), in no cookie, so that no other page can use them.
//
// Bounds: kMaxSessions tokens, the one used longest ago goes first; each ends kLifetime after its
// making, or kIdle after its last use.

#include <array>
#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/net/time.h"
#include "core/relay/config.h"

namespace koeru::server {

// An administrator. One with a realm sees that realm's allocations only and may not change the
// server (coturn's admin_user).
struct Admin {
  std::string name;
  std::string realm;  // empty: everything
  bool is_superuser() const { return realm.empty(); }
};

class AdminSessions {
 public:
  static constexpr size_t kMaxSessions = 64;
  static constexpr net::Duration kLifetime = std::chrono::hours(12);
  static constexpr net::Duration kIdle = std::chrono::hours(1);

  explicit AdminSessions(relay::RandomSource& random) : random_(random) {}

  // A new token: 64 hexadecimal digits.
  std::string Begin(Admin admin, net::Instant now);
  // Nobody when the token is none or over.
  std::optional<Admin> Find(std::string_view token, net::Instant now);
  void End(std::string_view token);

 private:
  struct Session {
    std::string token;
    Admin admin;
    net::Instant made, used;
  };
  std::list<Session>::iterator Locate(std::string_view token);

  relay::RandomSource& random_;
  std::mutex mutex_;
  std::list<Session> sessions_;  // the last used comes first
};

}  // namespace koeru::server
