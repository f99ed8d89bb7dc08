#include "native_server/config/relay_config.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/bytes/hex.h"
#include "core/crypto/hash.h"
#include "core/net/five_tuple.h"
#include "native_server/config/nat_discovery.h"
#include "native_server/io/interfaces.h"
#include "native_server/users/web_token_json.h"

namespace koeru::server {
namespace {

bool Contains(const std::vector<net::Address>& list, const net::Address& address) {
  return std::find(list.begin(), list.end(), address) != list.end();
}

// relay-ip; else listening-ip; else the address used towards the internet, else any interface's,
// loopback last.
std::vector<net::Address> LocalRelayAddresses(const ServerOptions& o, const Machine& machine) {
  if (!o.relay_ips.empty()) return o.relay_ips;
  std::vector<net::Address> chosen;
  for (const net::Address& address : o.listening_ips) {
    if (!address.IsUnspecified() && !Contains(chosen, address)) chosen.push_back(address);
  }
  if (!chosen.empty()) return chosen;
  for (const net::Family family : {net::Family::kIpv4, net::Family::kIpv6}) {
    const auto of_family = [&](const net::Address& a) { return a.family() == family; };
    const auto routed =
        std::find_if(machine.default_source.begin(), machine.default_source.end(), of_family);
    if (routed != machine.default_source.end()) {
      chosen.push_back(*routed);
      continue;
    }
    const auto usable = [&](const net::Address& a) {
      return of_family(a) && !a.IsLoopback() && !IsLinkLocal(a);
    };
    const auto any = std::find_if(machine.addresses.begin(), machine.addresses.end(), usable);
    if (any != machine.addresses.end()) chosen.push_back(*any);
  }
  if (chosen.empty()) {
    for (const net::Address& address : machine.addresses) {
      if (address.IsLoopback()) chosen.push_back(address);
    }
  }
  return chosen;
}

absl::Status NotOurs(std::string_view option, const net::Address& address, const Machine& machine) {
  return absl::InvalidArgumentError(absl::StrCat(
      option, "=", address.ToString(), ": this machine does not have that address; it has ",
      absl::StrJoin(machine.addresses, ", ",
                    [](std::string* out, const net::Address& a) { out->append(a.ToString()); })));
}

// The public address that stands for `local`, if one was given.
absl::Status Advertise(const ServerOptions& o, std::vector<relay::RelayAddress>& addresses) {
  for (const ExternalIp& external : o.external_ips) {
    std::vector<relay::RelayAddress*> fitting;
    for (relay::RelayAddress& address : addresses) {
      const bool fits = external.local ? address.local == *external.local
                                       : address.local.family() == external.advertised.family();
      if (fits) fitting.push_back(&address);
    }
    const std::string place =
        absl::StrCat(external.origin, ": external-ip=", external.advertised.ToString());
    if (fitting.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(
          place, ": no relay address fits to it; give the private address with relay-ip"));
    }
    if (fitting.size() > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          place, ": there are several relay addresses; write external-ip=public/private for each"));
    }
    fitting.front()->advertised = external.advertised;
  }
  return absl::OkStatus();
}

const std::vector<net::Endpoint>& AlternateServersFor(const ServerOptions& o,
                                                      net::Transport transport) {
  switch (transport) {
    case net::Transport::kUdp:
      return o.udp_alternate_servers.empty() ? o.alternate_servers : o.udp_alternate_servers;
    case net::Transport::kTcp:
      return o.tcp_alternate_servers.empty() ? o.alternate_servers : o.tcp_alternate_servers;
    case net::Transport::kTls:
    case net::Transport::kDtls:
      break;
  }
  return o.tls_alternate_servers;
}

std::vector<uint8_t> NonceKey(const std::string& secret, relay::RandomSource& random) {
  if (!secret.empty()) {
    const crypto::Sha256Digest digest = crypto::Sha256({AsBytes("nonce key:"), AsBytes(secret)});
    return {digest.begin(), digest.end()};
  }
  std::vector<uint8_t> key(32);
  random.Fill(key);
  return key;
}

}  // namespace

bool IsLinkLocal(const net::Address& address) {
  const Bytes b = address.bytes();
  return address.is_v6() ? b[0] == 0xFE && (b[1] & 0xC0) == 0x80 : b[0] == 169 && b[1] == 254;
}

Machine ThisMachine() {
  Machine machine;
  machine.addresses = InterfaceAddresses();
  machine.mtus = InterfaceMtus();
  for (const net::Family family : {net::Family::kIpv4, net::Family::kIpv6}) {
    if (const auto source = DefaultSourceAddress(family)) machine.default_source.push_back(*source);
  }
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) == 0) machine.host_name = name.data();
  machine.cpus = std::max(1u, std::thread::hardware_concurrency());
  return machine;
}

std::vector<net::Endpoint> ListenEndpoints(const ServerOptions& o, const Machine& machine) {
  std::vector<net::Endpoint> endpoints;
  for (const net::Address& address : o.listening_ips) {
    endpoints.push_back({address, o.listening_port});
  }
  if (!endpoints.empty()) return endpoints;
  endpoints.push_back({net::Address::Any(net::Family::kIpv4), o.listening_port});
  // A kernel without IPv6 has no address of that family.
  const bool v6 = std::any_of(machine.addresses.begin(), machine.addresses.end(),
                              [](const net::Address& a) { return a.is_v6(); });
  if (v6) endpoints.push_back({net::Address::Any(net::Family::kIpv6), o.listening_port});
  return endpoints;
}

std::vector<net::Endpoint> UdpEndpoints(const ServerOptions& o, const Machine& machine) {
  std::vector<uint16_t> ports;
  const auto add = [&](uint16_t port) {
    if (std::find(ports.begin(), ports.end(), port) == ports.end()) ports.push_back(port);
  };
  if (!o.no_udp) add(o.listening_port);
  if (o.TurnDtlsPort() != 0) add(o.TurnDtlsPort());
  if (o.rfc5780) {
    add(o.AltListeningPort());
    if (o.TurnDtlsPort() != 0) add(o.AltTlsListeningPort());
  }
  std::vector<net::Endpoint> endpoints;
  for (const net::Endpoint& endpoint : ListenEndpoints(o, machine)) {
    for (const uint16_t port : ports) endpoints.push_back({endpoint.address, port});
  }
  if (!o.no_udp) endpoints.insert(endpoints.end(), o.aux_servers.begin(), o.aux_servers.end());
  return endpoints;
}

size_t WorkerCount(const ServerOptions& o, const Machine& machine) {
  if (o.relay_threads) return std::max<size_t>(1, *o.relay_threads);
  return std::clamp<size_t>(o.cpus.value_or(machine.cpus), 1, 128);
}

absl::StatusOr<relay::RelayConfig> MakeRelayConfig(const ServerOptions& o, const Machine& machine,
                                                   relay::RandomSource& random) {
  relay::RelayConfig config;
  config.max_bytes_per_second = o.max_bps;
  config.max_bytes_per_second_of_user = o.user_max_bps;
  if (o.bps_capacity != 0 && o.max_bps != 0) config.capacity = o.bps_capacity / o.max_bps;
  for (const net::Address& address : o.listening_ips) {
    if (!address.IsUnspecified() && !address.IsLoopback() &&
        !Contains(machine.addresses, address)) {
      return NotOurs("listening-ip", address, machine);
    }
  }
  for (const net::Endpoint& aux : o.aux_servers) {
    if (!aux.address.IsUnspecified() && !aux.address.IsLoopback() &&
        !Contains(machine.addresses, aux.address)) {
      return NotOurs("aux-server", aux.address, machine);
    }
  }
  for (const net::Address& address : LocalRelayAddresses(o, machine)) {
    if (!address.IsLoopback() && !Contains(machine.addresses, address)) {
      return NotOurs("relay-ip", address, machine);
    }
    config.relay_addresses.push_back({.local = address, .advertised = address});
  }
  if (config.relay_addresses.empty()) {
    return absl::FailedPreconditionError(
        "this machine has no address to relay from: give one with "
        "relay-ip");
  }
  if (absl::Status status = Advertise(o, config.relay_addresses); !status.ok()) return status;
  const auto is_v6 = [](const relay::RelayAddress& address) { return address.local.is_v6(); };
  if (o.default_family == relay::DefaultFamily::kIpv6 &&
      std::none_of(config.relay_addresses.begin(), config.relay_addresses.end(), is_v6)) {
    return absl::InvalidArgumentError(
        "allocation-default-address-family=ipv6: there is no IPv6 address to relay from; give one "
        "with relay-ip, or write keep or ipv4");
  }
  config.alternate_pairs = AlternatePairsOf(o, machine, config.relay_addresses);

  config.realm = !o.realm.empty() ? o.realm : o.demo ? "koeru.demo" : machine.host_name;
  if (config.realm.empty()) config.realm = "koeru";
  if (o.software_attribute) config.software = "Koeru";
  config.anonymous = o.no_auth;
  config.users = o.users;
  config.shared_secrets = o.static_auth_secrets;
  config.web_token_secrets = o.jwt_secrets;
  config.web_token_reader = &WebTokenJson();
  config.user_lookup = (o.user_database.is_given() && o.lt_cred_mech) || !o.auth_hook.empty();
  config.third_party = o.oauth;
  config.check_origin = o.check_origin_consistency;
  config.server_name = o.server_name;
  config.rest_api_separator = o.rest_api_separator.front();
  config.nonce_key = NonceKey(o.nonce_secret, random);
  config.nonce_lifetime = std::chrono::seconds(o.stale_nonce_s);
  config.serve_stun = !o.no_stun;
  config.serve_turn = !o.stun_only;
  config.authenticate_binding = o.secure_stun;
  config.default_family = o.default_family;
  config.not_redirected = o.aux_servers;
  config.min_port = o.min_port;
  config.max_port = o.max_port;
  config.max_lifetime = std::chrono::seconds(o.max_allocate_lifetime_s);
  config.default_lifetime = std::min(config.default_lifetime, config.max_lifetime);
  config.permission_lifetime = std::chrono::seconds(o.permission_lifetime_s);
  config.channel_lifetime = std::chrono::seconds(o.channel_lifetime_s);
  config.rfc5766_channel_numbers = o.rfc5766_channel_numbers;
  for (size_t i = 0; i < config.alternate_servers.size(); ++i) {
    config.alternate_servers[i] = AlternateServersFor(o, static_cast<net::Transport>(i));
  }
  config.alternate_domain = o.alternate_domain;
  config.udp_relay = !o.no_udp_relay;
  config.tcp_relay = !o.no_tcp_relay;
  config.mobility = o.mobility;
  config.mapped_address = o.stun_backward_compatibility;
  config.rfc3489_binding = o.rfc3489_compatibility;
  config.allowed_peers = o.allowed_peers;
  config.denied_peers = o.denied_peers;
  config.allow_loopback_peers = o.allow_loopback_peers || o.demo;
  config.allow_private_peers = o.demo;
  config.own_addresses = machine.addresses;
  for (const relay::RelayAddress& address : config.relay_addresses) {
    for (const net::Address& own : {address.local, address.advertised}) {
      if (!Contains(config.own_addresses, own)) config.own_addresses.push_back(own);
    }
  }
  config.amplification_bytes_per_second = o.amplification_bytes_per_second;
  return config;
}

}  // namespace koeru::server
