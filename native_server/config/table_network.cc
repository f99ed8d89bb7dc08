// Options: listeners, relayed addresses, threads and sockets.

#include <array>

#include "absl/strings/str_cat.h"
#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"

namespace koeru::server {
namespace {

using O = ServerOptions;

absl::Status AddExternalIp(ServerOptions& options, std::string_view value,
                           std::string_view origin) {
  auto parsed = ParseExternalIp(value);
  if (!parsed.ok()) return parsed.status();
  parsed->origin = origin;
  options.external_ips.push_back(*std::move(parsed));
  return absl::OkStatus();
}

absl::Status SetDefaultFamily(ServerOptions& options, std::string_view value, std::string_view) {
  using enum relay::DefaultFamily;
  if (value == "ipv4") {
    options.default_family = kIpv4;
  } else if (value == "ipv6") {
    options.default_family = kIpv6;
  } else if (value == "keep") {
    options.default_family = kOfClient;
  } else {
    return absl::InvalidArgumentError(Quoted(value) + " is none: write ipv4, ipv6 or keep");
  }
  return absl::OkStatus();
}

absl::Status KeepFamily(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseBoolean(value);
  if (parsed.ok() && *parsed) options.default_family = relay::DefaultFamily::kOfClient;
  return parsed.status();
}

absl::Status SetDtls(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseBoolean(value);
  if (parsed.ok()) options.no_dtls = !*parsed;
  return parsed.status();
}

absl::Status AddProxySource(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = net::Prefix::Parse(value);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(Quoted(value), ": ", parsed.error().reason,
                     "; write an address or a range like 192.0.2.0/24"));
  }
  options.tcp_proxy_sources.push_back(*parsed);
  return absl::OkStatus();
}

template <std::optional<uint32_t> ServerOptions::*kMember, uint32_t kMin>
absl::Status SetThreads(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseNumber(value, kMin, 128);
  if (parsed.ok()) options.*kMember = *parsed;
  return parsed.status();
}

constexpr Group kL = Group::kListeners;
constexpr Group kR = Group::kRelay;

constexpr auto kRows = std::to_array<Option>({
    List("listening-ip", Kind::kAddress, kL, "all addresses", "address on which clients are served",
         AddAddress<&O::listening_ips>, 'L'),
    Value("listening-port", Kind::kPort, kL, "3478", "UDP and TCP port on which clients are served",
          SetNumber<&O::listening_port, 1, 65535>, 'p'),
    Flag("no-udp", kL, "do not serve clients over UDP", SetFlag<&O::no_udp>),
    Flag("no-tcp", kL, "do not serve clients over TCP", SetFlag<&O::no_tcp>),
    Flag("no-tls", kL, "do not serve clients over TLS", SetFlag<&O::no_tls>),
    Flag("no-dtls", kL, "do not serve clients over DTLS", SetFlag<&O::no_dtls>),
    Flag("dtls", kL, "serve clients over DTLS, as is done wherever there is a certificate",
         SetDtls),
    Value("tls-listening-port", Kind::kPort, kL, "5349",
          "TCP port for TLS and UDP port for DTLS; may be https-port, 443 for instance",
          SetNumber<&O::tls_listening_port, 1, 65535>),
    Value("alt-listening-port", Kind::kPort, kL, "one above listening-port",
          "with rfc5780: the second port of each listening address",
          SetNumber<&O::alt_listening_port, 0, 65535>),
    Value("alt-tls-listening-port", Kind::kPort, kL, "one above tls-listening-port",
          "with rfc5780: the second port of each listening address for TLS and DTLS",
          SetNumber<&O::alt_tls_listening_port, 0, 65535>),
    Value(
        "tcp-proxy-port", Kind::kPort, kL, "none",
        "TCP port for connections through a load balancer that speaks the PROXY protocol, version "
        "1 or 2: TURN over TCP and TLS, HTTPS",
        SetNumber<&O::tcp_proxy_port, 1, 65535>),
    List("tcp-proxy-source", Kind::kAddress, kL, "",
         "address or CIDR range of load balancers that are believed at tcp-proxy-port",
         AddProxySource),
    List("aux-server", Kind::kText, kL, "",
         "address:port on which clients are served besides, over UDP and TCP, and never sent to an "
         "alternate-server",
         AddEndpoint<&O::aux_servers, 3478>),
    Value("listening-device", Kind::kText, kL, "any",
          "network interface through which clients must come, over UDP and TCP",
          SetText<&O::listening_device>, 'd'),
    NoEffect("udp-self-balance", Kind::kFlag, kL,
             "each worker has its own socket and the kernel balances between them"),

    List("relay-ip", Kind::kAddress, kR, "the address used towards the internet",
         "address of relayed transport addresses", AddAddress<&O::relay_ips>, 'E'),
    List("external-ip", Kind::kAddress, kR, "",
         "public address in front of a NAT, or public/private", AddExternalIp, 'X'),
    Value("min-port", Kind::kPort, kR, "49152", "lowest port of relayed addresses",
          SetNumber<&O::min_port, 1, 65535>),
    Value("max-port", Kind::kPort, kR, "65535", "highest port of relayed addresses",
          SetNumber<&O::max_port, 1, 65535>),
    Value("relay-threads", Kind::kNumber, kR, "one for each CPU", "worker threads; 0 means one",
          SetThreads<&O::relay_threads, 0>, 'm'),
    Value("cpus", Kind::kNumber, kR, "what the system reports",
          "number of CPUs, where containers hide it", SetThreads<&O::cpus, 1>),
    Value("sock-buf-size", Kind::kBytes, kR, "4194304 for listening sockets",
          "receive and send buffer of each socket", SetNumber<&O::sock_buf_bytes, 4096, 1u << 30>),
    Value("relay-device", Kind::kText, kR, "any",
          "network interface through which peers are reached, whatever the routes say",
          SetText<&O::relay_device>, 'i'),
    Flag("no-udp-relay", kR, "relay TCP alone: allocations for UDP get 442",
         SetFlag<&O::no_udp_relay>),
    Flag("no-tcp-relay", kR, "relay UDP alone: allocations for TCP (RFC 6062) get 442",
         SetFlag<&O::no_tcp_relay>),
    Refused("server-relay", Kind::kFlag, kR,
            "it lets anybody send to clients without a permission; there is no safe replacement"),
    Live(Value("allocation-default-address-family", Kind::kText, kR, "ipv4",
               "of a client that names none: ipv4 (RFC 8656), ipv6, or keep, the one over which it "
               "comes",
               SetDefaultFamily, 'A')),
    Live(Flag("keep-address-family", kR, "the same as allocation-default-address-family=keep",
              KeepFamily, 'K')),
    NoEffect("udp-recvmmsg", Kind::kFlag, kR, "datagrams are always received in batches"),
    NoEffect("udp-recvmmsg-log", Kind::kFlag, kR,
             "recv_calls and packets are counted in /stats.json (web-stats)"),
    NoEffect("udp-sendmmsg-log", Kind::kFlag, kR,
             "send_calls and packets are counted in /stats.json (web-stats)"),
    NoEffect("udp-gso", Kind::kFlag, kR, "GSO is used wherever the kernel has it"),
    Refused("multiplex-peer", Kind::kFlag, kR,
            "each allocation has its own socket, as RFC 8656 wants it; leave it out"),
    Refused("multiplex-peer-port", Kind::kPort, kR, "leave it out, together with multiplex-peer"),
    Refused("multiplex-peer-max-peers", Kind::kNumber, kR,
            "leave it out, together with multiplex-peer"),
});

}  // namespace

std::span<const Option> NetworkOptions() { return kRows; }

}  // namespace koeru::server
