#include "native_server/users/redis_target.h"

#include <algorithm>
#include <array>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"

namespace koeru::server {
namespace {

constexpr uint32_t kMaxDatabase = 1u << 20;
constexpr uint32_t kMaxTimeout_s = 60;
constexpr std::string_view kSeparators = " \t\r\n,";

enum class Parameter : uint8_t { kHost, kPort, kUnix, kDatabase, kPassword, kTimeout, kRefused };

struct Row {
  std::string_view name;
  Parameter parameter;
};

constexpr auto kRows = std::to_array<Row>({
    {"ip", Parameter::kHost},           {"host", Parameter::kHost},
    {"addr", Parameter::kHost},         {"ipaddr", Parameter::kHost},
    {"hostaddr", Parameter::kHost},     {"port", Parameter::kPort},
    {"p", Parameter::kPort},            {"unix", Parameter::kUnix},
    {"dbname", Parameter::kDatabase},   {"database", Parameter::kDatabase},
    {"db", Parameter::kDatabase},       {"password", Parameter::kPassword},
    {"passwd", Parameter::kPassword},   {"pwd", Parameter::kPassword},
    {"secret", Parameter::kPassword},   {"connect_timeout", Parameter::kTimeout},
    {"timeout", Parameter::kTimeout},
    {"tls", Parameter::kRefused},       {"ca", Parameter::kRefused},
    {"capath", Parameter::kRefused},    {"cert", Parameter::kRefused},
    {"clientkey", Parameter::kRefused}, {"sni", Parameter::kRefused},
    {"verify", Parameter::kRefused},    {"user", Parameter::kRefused},
    {"username", Parameter::kRefused},
});

absl::Status Bad(std::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat("redis-userdb: ", text));
}

absl::Status SetNumber(std::string_view name, std::string_view value, uint32_t min, uint32_t max,
                       uint32_t& number) {
  if (absl::SimpleAtoi(value, &number) && number >= min && number <= max) return absl::OkStatus();
  return Bad(absl::StrCat(name, " is not a number from ", min, " to ", max));
}

absl::Status Set(const Row& row, std::string_view value, RedisTarget& target) {
  if (value.empty()) return Bad(absl::StrCat(row.name, " has no value: write ", row.name, "=..."));
  uint32_t number = 0;
  absl::Status status = absl::OkStatus();
  switch (row.parameter) {
    case Parameter::kHost: target.host = value; break;
    case Parameter::kUnix: target.unix_path = value; break;
    case Parameter::kPassword: target.password = value; break;
    case Parameter::kDatabase:
      return SetNumber(row.name, value, 0, kMaxDatabase, target.database);
    case Parameter::kPort:
      status = SetNumber(row.name, value, 1, 65535, number);
      target.port = static_cast<uint16_t>(number);
      return status;
    case Parameter::kTimeout:
      status = SetNumber(row.name, value, 1, kMaxTimeout_s, number);
      target.connect_timeout = std::chrono::seconds(number);
      return status;
    case Parameter::kRefused:
      return Bad(absl::StrCat(row.name,
                              ": connections to Redis have no TLS and no user names here; put "
                              "Redis on this machine or behind a tunnel, and leave it out"));
  }
  return status;
}

}  // namespace

std::string RedisTarget::ToText() const {
  const std::string place = unix_path.empty() ? absl::StrCat(Escape(host), ":", port)
                                              : Escape(unix_path);
  return absl::StrCat("redis-userdb ", place, "/", database);
}

absl::StatusOr<RedisTarget> ParseRedisTarget(std::string_view text) {
  RedisTarget target;
  if (text.find('\0') != std::string_view::npos) return Bad("there is a NUL byte in it");
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(kSeparators), text.size()));
    if (text.empty()) return target;
    const std::string_view parameter = text.substr(0, text.find_first_of(kSeparators));
    text.remove_prefix(parameter.size());
    const size_t equals = parameter.find('=');
    const std::string_view name = parameter.substr(0, equals);
    const auto* const row =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.name == name; });
    // A word without '=' may be a part of a password with a space in it.
    if (equals == std::string_view::npos) {
      return Bad("a word has no '=': write ip=... port=... dbname=... password=..., without spaces "
                 "inside values");
    }
    if (row == kRows.end()) {
      return Bad(absl::StrCat("there is no parameter ", Escape(name),
                              ": ip, port, unix, dbname, password and connect_timeout exist"));
    }
    if (absl::Status status = Set(*row, parameter.substr(equals + 1), target); !status.ok()) {
      return status;
    }
  }
}

}  // namespace koeru::server
