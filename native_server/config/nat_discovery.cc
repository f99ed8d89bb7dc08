#include "native_server/config/nat_discovery.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

constexpr size_t kEthernetMtu = 1500;

struct Paired {
  std::vector<std::array<net::Address, 2>> pairs;
  std::vector<net::Address> alone;
};

Paired PairUp(const ServerOptions& o) {
  Paired paired;
  for (const net::Family family : {net::Family::kIpv4, net::Family::kIpv6}) {
    const net::Address* first = nullptr;
    for (const net::Address& address : o.listening_ips) {
      if (address.family() != family) continue;
      if (first == nullptr) {
        first = &address;
      } else {
        paired.pairs.push_back({*first, address});
        first = nullptr;
      }
    }
    if (first != nullptr) paired.alone.push_back(*first);
  }
  return paired;
}

// Where the option stands, as an error begins.
std::string PlaceOf(const LoadedOptions& loaded, std::string_view name) {
  for (auto raw = loaded.raw.rbegin(); raw != loaded.raw.rend(); ++raw) {
    if (raw->name == name) return absl::StrCat(raw->origin, ": ", name, ": ");
  }
  return absl::StrCat(name, ": ");
}

absl::Status ValidateAddresses(const LoadedOptions& loaded, const Paired& paired) {
  const ServerOptions& o = loaded.options;
  const auto bad = [&](std::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat(PlaceOf(loaded, "rfc5780"), why));
  };
  const auto is_wildcard = [](const net::Address& a) { return a.IsUnspecified(); };
  if (o.listening_ips.empty() ||
      std::any_of(o.listening_ips.begin(), o.listening_ips.end(), is_wildcard)) {
    return bad(
        "it answers from another address than it was asked on, so it must know two of them: "
        "all addresses of the machine (no listening-ip, 0.0.0.0 or ::) do not say which; write "
        "listening-ip=... twice, with two addresses of one family");
  }
  if (paired.pairs.empty()) {
    return bad(
        "it needs two addresses of one family, and there is one: write another "
        "listening-ip=..., or leave rfc5780 out");
  }
  for (const auto& pair : paired.pairs) {
    if (pair[0] == pair[1]) {
      return bad(absl::StrCat("listening-ip=", pair[0].ToString(),
                              " is given twice: write two different addresses"));
    }
  }
  if (o.no_udp) {
    return bad("it works over UDP, and no-udp closes that: leave one of them out");
  }
  if (o.no_stun) {
    return bad("it is about Binding requests, which no-stun ignores: leave one of them out");
  }
  return absl::OkStatus();
}

absl::Status ValidatePorts(const LoadedOptions& loaded) {
  const ServerOptions& o = loaded.options;
  const bool tls = o.TurnTlsPort() != 0 || o.TurnDtlsPort() != 0;
  struct Alternate {
    std::string_view name;
    uint16_t port, primary;
    bool used;
  };
  const Alternate alternates[] = {
      {"alt-listening-port", o.AltListeningPort(), o.listening_port, true},
      {"alt-tls-listening-port", o.AltTlsListeningPort(), o.tls_listening_port, tls}};
  for (const Alternate& alternate : alternates) {
    if (!alternate.used) continue;
    if (alternate.port == 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          PlaceOf(loaded, alternate.name), "there is no port above ", alternate.primary,
          ": write ", alternate.name, "=..."));
    }
    // RFC 5780 section 6: "TCP and TCP/TLS MUST use different ports."
    for (const uint16_t other :
         {o.listening_port, tls ? o.tls_listening_port : uint16_t{0}, o.WebHttpsPort(),
          o.WebHttpPort(), o.tcp_proxy_port}) {
      if (alternate.port != other) continue;
      return absl::InvalidArgumentError(
          absl::StrCat(PlaceOf(loaded, alternate.name), "port ", alternate.port,
                       " is used already: write another ", alternate.name, "=..."));
    }
  }
  if (tls && o.AltListeningPort() == o.AltTlsListeningPort() &&
      o.listening_port != o.tls_listening_port) {
    return absl::InvalidArgumentError(
        absl::StrCat(PlaceOf(loaded, "alt-tls-listening-port"), "port ", o.AltListeningPort(),
                     " is alt-listening-port as well: write two different ports"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ValidateDiscovery(LoadedOptions& loaded) {
  const ServerOptions& o = loaded.options;
  if (!o.rfc5780) {
    if (o.alt_listening_port != 0 || o.alt_tls_listening_port != 0) {
      loaded.warnings.push_back(
          "alt-listening-port and alt-tls-listening-port are not used: write rfc5780, too, or "
          "leave them out");
    }
    return absl::OkStatus();
  }
  const Paired paired = PairUp(o);
  if (absl::Status status = ValidateAddresses(loaded, paired); !status.ok()) return status;
  if (absl::Status status = ValidatePorts(loaded); !status.ok()) return status;
  for (const net::Address& address : paired.alone) {
    loaded.warnings.push_back(
        absl::StrCat("rfc5780 is not served on ", address.ToString(),
                     ", which has no second address of its family: write another listening-ip"));
  }
  return absl::OkStatus();
}

std::vector<relay::AlternatePair> AlternatePairsOf(const ServerOptions& o, const Machine& machine,
                                                   const std::vector<relay::RelayAddress>& known) {
  std::vector<relay::AlternatePair> pairs;
  if (!o.rfc5780) return pairs;
  const auto as_known = [&](const net::Address& local) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const auto& address) { return address.local == local; });
    return found != known.end() ? *found : relay::RelayAddress{local, local};
  };
  const auto mtu_of = [&](const net::Address& address) {
    const auto found = machine.mtus.find(address);
    return found != machine.mtus.end() ? found->second : kEthernetMtu;
  };
  for (const auto& [first, second] : PairUp(o).pairs) {
    relay::AlternatePair pair{.addresses = {as_known(first), as_known(second)},
                              .ports = {o.listening_port, o.AltListeningPort()},
                              .mtu = std::max(mtu_of(first), mtu_of(second))};
    pairs.push_back(pair);
    if (o.TurnTlsPort() == 0 && o.TurnDtlsPort() == 0) continue;
    if (o.tls_listening_port == o.listening_port) continue;
    pair.ports = {o.tls_listening_port, o.AltTlsListeningPort()};
    pairs.push_back(pair);
  }
  return pairs;
}

std::string ToText(const relay::AlternatePair& pair) {
  const auto address = [](const relay::RelayAddress& a) {
    return a.local == a.advertised
               ? a.local.ToString()
               : absl::StrCat(a.local.ToString(), " (", a.advertised.ToString(), ")");
  };
  return absl::StrCat(address(pair.addresses[0]), " and ", address(pair.addresses[1]), ", ports ",
                      pair.ports[0], " and ", pair.ports[1]);
}

}  // namespace koeru::server
