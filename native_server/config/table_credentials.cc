// Options: credentials, databases, peers and limits.

#include <array>

#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"

namespace koeru::server {
namespace {

using O = ServerOptions;

absl::Status AddUser(ServerOptions& options, std::string_view value, std::string_view) {
  auto parsed = ParseUser(value);
  if (parsed.ok()) options.users.push_back(*std::move(parsed));
  return parsed.status();
}

constexpr Group kC = Group::kCredentials;
constexpr Group kP = Group::kPeers;
constexpr Group kL = Group::kLimits;
constexpr Group kD = Group::kDatabase;

constexpr uint32_t kMostBytesPerSecond = 0xFFFFFFFF;

constexpr std::string_view kNoDatabase =
    "there are no databases; write user=name:password or static-auth-secret";

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
    Flag("no-auth", kC, "anybody may use the relay: for closed networks and tests only",
         SetFlag<&O::no_auth>, 'z'),
    Live(Value("stale-nonce", Kind::kSeconds, kC, "600", "lifetime of a nonce; 0 is unlimited",
               SetNumber<&O::stale_nonce_s, 0, 86400 * 365>)),
    NoEffect("stateless-nonce", Kind::kFlag, kC, "nonces are always stateless"),
    NotYet("stateless-nonce-secret", Kind::kSecret, kC,
           "nonces are good for one run of the server; leave it out"),
    NotYet("oauth", Kind::kFlag, kC, "use static-auth-secret or user"),
    NotYet("server-name", Kind::kText, kC, "it belongs to oauth; leave it out"),
    NoEffect("no-auth-pings", Kind::kFlag, kC, "there is no database to ask"),
    NoEffect("no-dynamic-realms", Kind::kFlag, kC, "there are no realms but realm"),
    NotYet("secure-stun", Kind::kFlag, kC, "Binding requests are answered to everybody"),
    NotYet("check-origin-consistency", Kind::kFlag, kC, "ORIGIN is not looked at; leave it out"),
    NotYet("CA-file", Kind::kFile, kC, "client certificates are not looked at; leave it out"),
    NotYet("secret-key-file", Kind::kFile, kC, kNoDatabase),
    NotYet("max-allocate-timeout", Kind::kSeconds, kC,
           "no state is kept before an allocation; leave it out"),

    Live(List("allowed-peer-ip", Kind::kAddress, kP, "",
              "IP, IP-IP or CIDR that may be a peer, although it is denied otherwise",
              AddRange<&O::allowed_peers>)),
    Live(List("denied-peer-ip", Kind::kAddress, kP, "private and special ranges",
              "IP, IP-IP or CIDR that may be no peer, besides the ranges denied by default",
              AddRange<&O::denied_peers>)),
    Live(Flag("allow-loopback-peers", kP, "127.0.0.0/8 and ::1 may be peers: for tests",
              SetFlag<&O::allow_loopback_peers>)),
    NoEffect("no-multicast-peers", Kind::kFlag, kP, "multicast addresses are denied by default"),
    NoEffect("no-dynamic-ip-list", Kind::kFlag, kP, "there is no database to ask"),

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
    NotYet("unauthorized-ratelimit-rps", Kind::kNumber, kL,
           "use amplification-limit, which counts bytes"),
    Live(Value("max-bps", Kind::kBytes, kL, "no limit",
               "bytes per second that each direction of an allocation may carry: datagrams above "
               "it are dropped, clients over TCP and TLS slowed down",
               SetNumber<&O::max_bps, 0, kMostBytesPerSecond>, 's')),
    Live(
        Value("bps-capacity", Kind::kBytes, kL, "no limit",
              "bytes per second of all allocations together: each reserves max-bps of it, and when "
              "none is left, new ones get 486",
              SetNumber<&O::bps_capacity, 0, kMostBytesPerSecond>, 'B')),

    NotYet("userdb", Kind::kFile, kD, kNoDatabase, 'b'),
    NotYet("db", Kind::kFile, kD, kNoDatabase),
    NotYet("psql-userdb", Kind::kSecret, kD, kNoDatabase, 'e'),
    NotYet("sql-userdb", Kind::kSecret, kD, kNoDatabase),
    NotYet("mysql-userdb", Kind::kSecret, kD, kNoDatabase, 'M'),
    NotYet("mongo-userdb", Kind::kSecret, kD, kNoDatabase, 'J'),
    NotYet("redis-userdb", Kind::kSecret, kD, kNoDatabase, 'N'),
    NotYet("redis-statsdb", Kind::kSecret, kD, "use web-stats", 'O'),
});

}  // namespace

std::span<const Option> CredentialOptions() { return kRows; }

}  // namespace koeru::server
