#pragma once

// coturn's connection string for Redis:
//
//   "ip=127.0.0.1 port=6379 dbname=2 password=... connect_timeout=3"
//
// Parameters stand apart by spaces or commas, all are optional, and the names are those that coturn
// takes: ip, host, addr, ipaddr or hostaddr; port or p; dbname, database or db; password, passwd,
// pwd or secret; connect_timeout or timeout. Koeru adds unix, the path of a socket.

#include <chrono>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace koeru::server {

struct RedisTarget {
  std::string host = "127.0.0.1";
  uint16_t port = 6379;
  std::string unix_path;  // instead of host and port
  uint32_t database = 0;
  std::string password;   // empty: none
  std::chrono::milliseconds connect_timeout{3000};

  // "redis-userdb 127.0.0.1:6379/2", without a password.
  std::string ToText() const;
};

// An error names the parameter, never its value.
absl::StatusOr<RedisTarget> ParseRedisTarget(std::string_view text);

}  // namespace koeru::server
