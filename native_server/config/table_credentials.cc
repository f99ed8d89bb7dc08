// Options: credentials, databases, peers and limits.

#include <array>

#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"
#include "native_server/users/http_hook.h"

namespace koeru::server {
namespace {

absl::Status SetHook(ServerOptions& options, std::string_view value, std::string_view) {
  if (absl::Status status = CheckHookUrl(value); !status.ok()) return status;
  options.auth_hook = value;
  return absl::OkStatus();
}

using O = ServerOptions;

absl::Status SetServerName(ServerOptions& options, std::string_view value, std::string_view) {
  // RFC 7635 section 6.1.
  if (value.empty() || value.size() > 255) {
    return absl::InvalidArgumentError("write a name of 1 to 255 bytes, such as turn.example.org");
  }
  options.server_name = value;
  return absl::OkStatus();
}

absl::Status AddJwtSecret(ServerOptions& options, std::string_view value, std::string_view) {
  // RFC 7518 section 3.2: a key of the hash's size or larger.
  if (value.size() < 32) {
    return absl::InvalidArgumentError(
        "who has seen one token tries out a short secret: write 32 characters or more, of openssl "
        "rand -hex 24 for instance");
  }
  options.jwt_secrets.emplace_back(value);
  return absl::OkStatus();
}

absl::Status AddUser(ServerOptions& options, std::string_view value, std::string_view) {
  auto parsed = ParseUser(value);
  if (parsed.ok()) options.users.push_back(*std::move(parsed));
  return parsed.status();
}

absl::Status SetNonceSecret(ServerOptions& options, std::string_view value, std::string_view) {
  if (value.size() < 16) {
    return absl::InvalidArgumentError(
        "who guesses it makes nonces himself: write 16 characters or more, of openssl rand -hex 24 "
        "for instance");
  }
  options.nonce_secret = value;
  return absl::OkStatus();
}

template <Database::Kind kKind>
absl::Status SetDatabase(ServerOptions& options, std::string_view value, std::string_view) {
  if (value.empty()) return absl::InvalidArgumentError("the value is missing");
  Database& database = options.user_database;
  if (database.is_given() && database.kind != kKind) {
    return absl::InvalidArgumentError(
        "another database is given already: keep one of userdb, psql-userdb and redis-userdb");
  }
  database = {kKind, std::string(value)};
  return absl::OkStatus();
}

constexpr std::string_view kPostgresHelp =
    "PostgreSQL database of users, as a connection string of libpq: host=... dbname=... user=... "
    "password=..., or postgresql://...";

constexpr Group kC = Group::kCredentials;
constexpr Group kP = Group::kPeers;
constexpr Group kL = Group::kLimits;
constexpr Group kD = Group::kDatabase;

constexpr uint32_t kMostBytesPerSecond = 0xFFFFFFFF;

constexpr std::string_view kOtherDatabase =
    "Koeru has SQLite (userdb), PostgreSQL (psql-userdb) and Redis (redis-userdb), with coturn's "
    "schema; move the users into one of them, or write user=name:password";

constexpr auto kRows = std::to_array<Option>({
    Live(Value("realm", Kind::kText, kC, "the host's name", "realm of long-term credentials",
               SetText<&O::realm>, 'r')),
    Live(List("user", Kind::kSecret, kC, "",
              "name:password, or name:0x and MD5(name:realm:password)", AddUser, 'u')),
    Live(Flag("lt-cred-mech", kC, "long-term credentials; user switches it on, too",
              SetFlag<&O::lt_cred_mech>, 'a')),
    Live(Flag("use-auth-secret", kC,
              "time-limited credentials; static-auth-secret switches it on, too",
              SetFlag<&O::use_auth_secret>)),
    Live(List("static-auth-secret", Kind::kSecret, kC, "",
              "shared secret of time-limited credentials (username timestamp:id)",
              AddText<&O::static_auth_secrets>)),
    Live(Value("rest-api-separator", Kind::kText, kC, ":", "what stands behind the timestamp",
               SetText<&O::rest_api_separator>, 'C')),
    Live(
        List("jwt-secret", Kind::kSecret, kC, "",
             "secret that JSON Web Tokens are signed with (HS256): a token's header.payload is the "
             "username, its signature the password; exp must be in it, sub names the user, aud, "
             "when there is one, the realm; several secrets count beside each other",
             AddJwtSecret)),
    Flag("no-auth", kC, "anybody may use the relay: for closed networks and tests only",
         SetFlag<&O::no_auth>, 'z'),
    Live(Value("stale-nonce", Kind::kSeconds, kC, "600", "lifetime of a nonce; 0 is unlimited",
               SetNumber<&O::stale_nonce_s, 0, 86400 * 365>)),
    NoEffect("stateless-nonce", Kind::kFlag, kC, "nonces are always stateless"),
    Value("stateless-nonce-secret", Kind::kSecret, kC, "a random one at each start",
          "nonces are made with it, so that servers with the same one, and the same one after a "
          "restart, take each other's; 16 characters at least",
          SetNonceSecret),
    Live(Flag("oauth", kC,
              "third-party authorization (RFC 7635): clients come with access tokens of an "
              "authorization server, whose keys stand in a database of users (koeru oauth-key)",
              SetFlag<&O::oauth>)),
    Live(Value("server-name", Kind::kText, kC, "the realm",
               "name that clients ask the authorization server for a token with, and that tokens "
               "are sealed for",
               SetServerName)),
    Live(Flag("no-auth-pings", kC,
              "shared secrets of the database are read at the start and on SIGHUP only",
              SetFlag<&O::no_auth_pings>)),
    Live(Flag("no-dynamic-realms", kC,
              "there is one realm: origins, further realms and options of realms in the database "
              "do not count",
              SetFlag<&O::no_dynamic_realms>)),
    Live(Flag("secure-stun", kC, "Binding requests need credentials, too",
              SetFlag<&O::secure_stun>)),
    Live(Flag("check-origin-consistency", kC,
              "requests about an allocation must carry the ORIGIN that it was made with; others "
              "get 441",
              SetFlag<&O::check_origin_consistency>)),
    Value(
        "CA-file", Kind::kFile, kC, "no client certificates",
        "PEM: clients over TLS and DTLS must show a certificate of these authorities, and so must "
        "the browsers of the web side",
        SetText<&O::ca_file>),
    Refused("secret-key-file", Kind::kFile, kC,
            "it decrypts the password of MySQL, which Koeru does not have; leave it out"),
    Value(
        "max-allocate-timeout", Kind::kSeconds, kC, "60",
        "who is connected over TCP, TLS or DTLS, has no allocation and says nothing for so long is "
        "disconnected",
        SetNumber<&O::max_allocate_timeout_s, 1, 86400>),

    Live(List("allowed-peer-ip", Kind::kAddress, kP, "",
              "IP, IP-IP or CIDR that may be a peer, although it is denied otherwise",
              AddRange<&O::allowed_peers>)),
    Live(List("denied-peer-ip", Kind::kAddress, kP, "private and special ranges",
              "IP, IP-IP or CIDR that may be no peer, besides the ranges denied by default",
              AddRange<&O::denied_peers>)),
    Live(Flag("allow-loopback-peers", kP, "127.0.0.0/8 and ::1 may be peers: for tests",
              SetFlag<&O::allow_loopback_peers>)),
    NoEffect("no-multicast-peers", Kind::kFlag, kP, "multicast addresses are denied by default"),
    Live(Flag("no-dynamic-ip-list", kP, "allowed and denied peers in the database do not count",
              SetFlag<&O::no_dynamic_ip_list>)),

    Live(Value("user-quota", Kind::kNumber, kL, "0",
               "allocations of one user at a time; 0 is unlimited",
               SetNumber<&O::user_quota, 0, 1u << 20>, 'q')),
    Live(Value("total-quota", Kind::kNumber, kL, "0", "allocations at a time; 0 is unlimited",
               SetNumber<&O::total_quota, 0, 1u << 20>, 'Q')),
    Live(Value("max-allocate-lifetime", Kind::kSeconds, kL, "3600",
               "longest lifetime of an allocation",
               SetNumber<&O::max_allocate_lifetime_s, 1, 86400>)),
    Live(Value("permission-lifetime", Kind::kSeconds, kL, "300",
               "of permissions; RFC 8656 says 300",
               SetNumber<&O::permission_lifetime_s, 1, 86400>)),
    Live(Value("channel-lifetime", Kind::kSeconds, kL, "600", "of channels; RFC 8656 says 600",
               SetNumber<&O::channel_lifetime_s, 1, 86400>)),
    Live(Value(
        "amplification-limit", Kind::kBytes, kL, "65536",
        "bytes per second by which answers to a network of unauthenticated senders may exceed "
        "their requests; 0 is unlimited",
        SetNumber<&O::amplification_bytes_per_second, 0, 1u << 30>)),
    NoEffect("unauthorized-ratelimit", Kind::kFlag, kL,
             "answers to unauthenticated requests are always limited (amplification-limit)"),
    NoEffect("unauthorized-ratelimit-rps", Kind::kNumber, kL,
             "amplification-limit is what counts, in bytes"),
    Live(Value("max-bps", Kind::kBytes, kL, "no limit",
               "bytes per second that each direction of an allocation may carry: datagrams above "
               "it are dropped, clients over TCP and TLS slowed down",
               SetNumber<&O::max_bps, 0, kMostBytesPerSecond>, 's')),
    Live(Value("user-max-bps", Kind::kBytes, kL, "no limit",
               "the same for all allocations of a user together",
               SetNumber<&O::user_max_bps, 0, kMostBytesPerSecond>)),
    Live(
        Value("bps-capacity", Kind::kBytes, kL, "no limit",
              "bytes per second of all allocations together: each reserves max-bps of it, and when "
              "none is left, new ones get 486",
              SetNumber<&O::bps_capacity, 0, kMostBytesPerSecond>, 'B')),

    Value("userdb", Kind::kFile, kD, "none",
          "SQLite database of users, shared secrets, peer ranges and options of the realm, with "
          "coturn's schema; made at need. It is asked when lt-cred-mech or use-auth-secret is on, "
          "one of which it needs. Under the name turnserver, coturn's default file counts when it "
          "exists and no other database is given",
          SetDatabase<Database::Kind::kSqlite>, 'b'),
    Value("db", Kind::kFile, kD, "none", "the same as userdb",
          SetDatabase<Database::Kind::kSqlite>),
    Value("psql-userdb", Kind::kSecret, kD, "none", kPostgresHelp,
          SetDatabase<Database::Kind::kPostgres>, 'e'),
    Value("sql-userdb", Kind::kSecret, kD, "none", "the same as psql-userdb",
          SetDatabase<Database::Kind::kPostgres>),
    Value("redis-userdb", Kind::kSecret, kD, "none",
          "Redis database of users: ip=... port=... dbname=... password=... connect_timeout=...",
          SetDatabase<Database::Kind::kRedis>, 'N'),
    Live(Value("userdb-refresh", Kind::kSeconds, kD, "5",
               "how often shared secrets, peer ranges and options of the realm are read from the "
               "database",
               SetNumber<&O::userdb_refresh_s, 1, 86400>)),
    Value("auth-hook", Kind::kText, kD, "none",
          "https://...: asked with a POST who a user is, for users that the file does not have; "
          "OPERATING.md describes it",
          SetHook),
    Value("auth-hook-token", Kind::kSecret, kD, "", "sent to it as Authorization: Bearer TOKEN",
          SetText<&O::auth_hook_token>),
    Value("auth-hook-ca-file", Kind::kFile, kD, "the system's",
          "PEM: authorities that its certificate is checked with", SetText<&O::auth_hook_ca_file>),
    Value("auth-hook-timeout", Kind::kNumber, kD, "2000", "milliseconds for one answer",
          SetNumber<&O::auth_hook_timeout_ms, 1, 60000>),
    Refused("mysql-userdb", Kind::kSecret, kD, kOtherDatabase, 'M'),
    Refused("mongo-userdb", Kind::kSecret, kD, kOtherDatabase, 'J'),
    Refused("redis-statsdb", Kind::kSecret, kD,
            "use prometheus for numbers, and log-format=json for one line about each allocation",
            'O'),
});

}  // namespace

std::span<const Option> CredentialOptions() { return kRows; }

}  // namespace koeru::server
