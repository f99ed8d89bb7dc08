#pragma once

// What the relay needs to know. Filled by native_server/config, or by a test. It becomes part of
// RelayRules (rules.h), which workers share.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"
#include "core/net/address.h"
#include "core/net/prefix.h"
#include "core/net/time.h"
#include "core/relay/web_token.h"

namespace koeru::relay {

// Cryptographically secure bytes; natively getrandom(2), in tests a seeded generator.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void Fill(MutableBytes bytes) = 0;
};

// Counts allocations per user and in total, over all workers. Called when an allocation is made
// and when it ends, never for a packet.
class QuotaLedger {
 public:
  virtual ~QuotaLedger() = default;
  // False when the user or the server has as many as it may (486 Allocation Quota Reached). The
  // name is the id of a time-limited credential, or the username; empty when anonymous, and then
  // only the total counts. Each true is followed by one Release, perhaps from another worker.
  virtual bool Acquire(std::string_view username, std::string_view realm) = 0;
  virtual void Release(std::string_view username, std::string_view realm) = 0;
};

// Relayed transport addresses of live allocations of all workers, as clients know them (the
// advertised address): the one exception to "the server's own addresses are denied". Add and
// Remove come with an allocation's begin and end; Contains is asked for each data packet to or from
// an own address, and for no other.
class LiveRelayedAddresses {
 public:
  virtual ~LiveRelayedAddresses() = default;
  virtual void Add(const net::Endpoint& relayed) = 0;
  virtual void Remove(const net::Endpoint& relayed) = 0;
  virtual bool Contains(const net::Endpoint& relayed) const = 0;
};

// Ports that a client asked to keep for its next allocation (EVEN-PORT, RESERVATION-TOKEN): see
// reservations.h. Asked by Allocate requests only.
using ReservationToken = std::array<uint8_t, 8>;
struct Reservation {
  ReservationToken token{};
  net::Endpoint local;
  std::string quota_name;  // who may redeem it
  std::string realm;       // and in which realm
};
class ReservationBook {
 public:
  virtual ~ReservationBook() = default;
  // False when the port is kept already or the book is full.
  virtual bool Put(const Reservation& reservation, net::Instant now) = 0;
  // Once; false when the token is unknown, expired or somebody else's.
  virtual bool Take(const ReservationToken& token, std::string_view quota_name,
                    std::string_view realm, net::Instant now, net::Endpoint& local) = 0;
  virtual bool Holds(const net::Endpoint& local, net::Instant now) = 0;
  virtual void ForgetExpired(net::Instant now) = 0;
};

class EventSink;  // events.h

// Which of the workers a relay belongs to.
struct WorkerPlace {
  uint32_t worker = 0;
  uint32_t workers = 1;
};

// The family of the relayed address for a client that asks for none.
enum class DefaultFamily : uint8_t {
  kIpv4,  // RFC 8656 section 7.2
  kIpv6,
  kOfClient,  // the family over which the client comes
};

// An address that sockets bind to, and what clients are told (external-ip) when a NAT
// stands in front.
struct RelayAddress {
  net::Address local;
  net::Address advertised;
};

// RFC 5780 section 6: two addresses of the server that have the same two ports, so that what comes
// to any of the four endpoints can be answered from each of them.
struct AlternatePair {
  std::array<RelayAddress, 2> addresses;  // A1, A2: of one family, and what sockets are bound to
  std::array<uint16_t, 2> ports{};        // P1, P2
  size_t mtu = 1500;                      // of their interface, in bytes
};

struct AddressRange {
  net::Address first, last;  // inclusive, of one family
  std::string origin;        // for the log: "allowed-peer-ip=10.0.0.0/8, turnserver.conf line 12"
};

struct User {
  std::string name;
  std::string password;                // empty when only the key is known
  std::vector<uint8_t> long_term_key;  // MD5(name:realm:password), 16 bytes
};

// What an authorization server seals access tokens with (RFC 7635).
struct TokenKey {
  std::string kid;                        // as clients send it in USERNAME
  std::vector<uint8_t> key;               // 16 bytes (AES-128-GCM) or 32 bytes (AES-256-GCM)
  std::optional<net::UnixTime> end = {};  // counts until then; nothing: for ever
  std::string realm = {};  // whose quotas and peers count; empty: the realm that was asked for
};

// A realm beside RelayConfig::realm, whole: what the configuration says for all realms is in it.
// Its users stand in a database.
struct RealmConfig {
  std::string name;
  std::vector<std::string> shared_secrets;
  std::vector<AddressRange> allowed_peers, denied_peers;
  uint64_t max_bytes_per_second = 0;       // of one allocation; 0: unlimited
  size_t user_quota = 0, total_quota = 0;  // for the edge's QuotaLedger; 0: unlimited
};

// Which realm a web origin leads to; the origin as CanonicalOrigin writes it (origin.h).
struct OriginRealm {
  std::string origin;
  std::string realm;
};

struct RelayConfig {
  std::string realm;  // the default one
  std::vector<RealmConfig> other_realms;
  std::vector<OriginRealm> realm_by_origin;
  // All requests about an allocation must carry the ORIGIN that it was made with: else 441.
  bool check_origin = false;
  std::string software;  // SOFTWARE of replies; empty: none

  // Requests of a kind that is not served are dropped, as those of unknown methods are.
  bool serve_stun = true;  // Binding
  bool serve_turn = true;  // the others

  // Credentials. `anonymous` is --no-auth.
  bool anonymous = false;
  bool authenticate_binding = false;  // Binding requests need credentials, too
  std::vector<User> users;
  std::vector<std::string> shared_secrets;  // use-auth-secret: username is "timestamp:id"
  // JSON Web Tokens as usernames (web_token.h), signed with any of these secrets, which count in
  // all realms. The reader outlives the relay; without secrets it may be null.
  std::vector<std::string> web_token_secrets;
  const WebTokenReader* web_token_reader = nullptr;
  // Users who are none of these may stand in a database, which the edge asks (LookUpUser). It holds
  // MD5 keys by name, so SHA-256 and USERHASH are not offered then.
  bool user_lookup = false;
  char rest_api_separator = ':';
  // RFC 7635: challenges name this server (the realm when the name is empty), and access tokens
  // that were sealed for that name are taken.
  bool third_party = false;
  std::string server_name;  // at most 255 bytes
  std::vector<TokenKey> token_keys;

  // Nonces: HMAC with this key over time and client address; stateless.
  std::vector<uint8_t> nonce_key;                            // 32 bytes; all workers use the same
  net::Duration nonce_lifetime = std::chrono::seconds(600);  // 0: no expiry

  std::vector<RelayAddress> relay_addresses;  // at most one per family is used by default
  uint16_t min_port = 49152;
  uint16_t max_port = 65535;

  DefaultFamily default_family = DefaultFamily::kIpv4;

  net::Duration default_lifetime = std::chrono::seconds(600);
  net::Duration max_lifetime = std::chrono::seconds(3600);
  net::Duration permission_lifetime = std::chrono::seconds(300);
  net::Duration channel_lifetime = std::chrono::seconds(600);
  bool rfc5766_channel_numbers = false;  // accept 0x5000-0x7FFF

  // What is relayed; the other one gets 442.
  bool udp_relay = true;
  bool tcp_relay = true;  // RFC 6062
  // RFC 6062 section 5.2: "The timeout value MUST be at least 30 seconds", and who asks for no
  // ConnectionBind within the second one loses the connection.
  net::Duration connect_timeout = std::chrono::seconds(30);
  net::Duration bind_timeout = std::chrono::seconds(30);

  // RFC 8489 section 10: Allocate requests are answered with 300 (Try Alternate) and one of these
  // in turn, of the client's address family, by net::Transport. None: the client stays here.
  std::array<std::vector<net::Endpoint>, 4> alternate_servers;
  std::vector<net::Endpoint> not_redirected;  // clients of these server addresses stay; with the
                                              // unspecified address: of that port
  std::string alternate_domain;  // ALTERNATE-DOMAIN: the name in their certificates; empty: none

  // RFC 8016: an allocation follows its client to another address.
  bool mobility = false;

  // What clients older than RFC 5389 understand: MAPPED-ADDRESS beside XOR-MAPPED-ADDRESS, and
  // answers to Binding requests of RFC 3489, which have no magic cookie.
  bool mapped_address = false;
  bool rfc3489_binding = false;

  // RFC 5780: Binding requests to these endpoints are answered as its section 6 says. The edge
  // sends a response from the server address that stands in its 5-tuple (SendToClient). None: not
  // served.
  std::vector<AlternatePair> alternate_pairs;

  // Peers. Allowed ranges win over denied ones; the default list of denied ranges
  // (peer_policy.h) stands behind both.
  std::vector<AddressRange> allowed_peers;
  std::vector<AddressRange> denied_peers;
  bool allow_loopback_peers = false;
  // Demo mode: private networks and those for documentation and benchmarks. Link-local addresses
  // (cloud metadata), multicast, 0.0.0.0/8 and wrapped IPv4 stay closed.
  bool allow_private_peers = false;
  std::vector<net::Address> own_addresses;  // of the server's interfaces, and external ones

  // Bounds of memory. At the limit: 486/508 to the client, and a counter.
  size_t max_allocations = 1 << 20;
  size_t max_permissions_per_allocation = 1024;
  size_t max_channels_per_allocation = 1024;
  // TCP connections to peers: of one allocation, of those the ones that are being opened (so that
  // nobody scans networks that do not answer), and of one worker.
  size_t max_connections_per_allocation = 64;
  size_t max_connecting_per_allocation = 8;
  size_t max_connections = 1 << 16;

  // What each direction of an allocation may carry, in bytes of payload; 0: unlimited. The edge
  // counts (bandwidth.h), because payloads never come here.
  uint64_t max_bytes_per_second = 0;
  uint64_t max_bytes_per_second_of_user = 0;  // of all of a user's allocations together
  // Allocations of all realms together, for the edge's QuotaLedger; 0: unlimited.
  size_t capacity = 0;

  // No new allocations (508); those that live go on and can be refreshed.
  bool draining = false;

  // Answers to unauthenticated requests per source prefix: bytes by which answers may exceed
  // requests (THREATS.md, amplification); 0: unlimited.
  uint32_t amplification_bytes_per_second = 64 * 1024;

  // False when the edge cannot send with the DF bit set: DONT-FRAGMENT is an unknown attribute then
  // (RFC 8656 section 7.2 step 4).
  bool dont_fragment = true;

  // Not owned.
  QuotaLedger* quota = nullptr;              // null: no quota
  LiveRelayedAddresses* live = nullptr;      // null: own addresses stay closed
  LiveRelayedAddresses* live_tcp = nullptr;  // the same of allocations that relay TCP
  ReservationBook* reservations = nullptr;   // null: each relay keeps its own
  EventSink* events = nullptr;               // null: nobody wants to know
};

}  // namespace koeru::relay
