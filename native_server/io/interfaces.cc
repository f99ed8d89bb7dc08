#include "native_server/io/interfaces.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>

#include "native_server/io/socket_address.h"
#include "native_server/io/unique_fd.h"

namespace koeru::server {
namespace {

std::optional<net::Address> FromSockaddr(const sockaddr* address) {
  if (address == nullptr) return std::nullopt;
  if (address->sa_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
    return net::Address::FromBytes({reinterpret_cast<const uint8_t*>(&v4->sin_addr), size_t{4}});
  }
  if (address->sa_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
    return net::Address::FromBytes({reinterpret_cast<const uint8_t*>(&v6->sin6_addr), size_t{16}});
  }
  return std::nullopt;
}

// Of interfaces that are up.
void ForEachAddress(const std::function<void(const net::Address&, const char* interface)>& visit) {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return;
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, &::freeifaddrs);
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if ((entry->ifa_flags & IFF_UP) == 0) continue;
    if (const auto address = FromSockaddr(entry->ifa_addr)) visit(*address, entry->ifa_name);
  }
}

}  // namespace

std::vector<net::Address> InterfaceAddresses() {
  std::vector<net::Address> addresses;
  ForEachAddress([&](const net::Address& address, const char*) {
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) {
      addresses.push_back(address);
    }
  });
  return addresses;
}

std::map<net::Address, size_t> InterfaceMtus() {
  std::map<net::Address, size_t> mtus;
  const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ForEachAddress([&](const net::Address& address, const char* interface) {
    ifreq request{};
    std::strncpy(request.ifr_name, interface, sizeof(request.ifr_name) - 1);
    if (::ioctl(socket.get(), SIOCGIFMTU, &request) == 0) {
      mtus.emplace(address, static_cast<size_t>(request.ifr_mtu));
    }
  });
  return mtus;
}

std::optional<net::Address> DefaultSourceAddress(net::Family family) {
  // Documentation prefixes (RFC 5737, RFC 3849): routed like any other far address.
  const net::Address far = family == net::Family::kIpv6 ? *net::Address::Parse("2001:db8::1")
                                                        : net::Address::V4(192, 0, 2, 1);
  const UniqueFd socket(::socket(far.is_v6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const SocketAddress address({far, 9});
  if (!socket.is_open() || ::connect(socket.get(), address.get(), address.size()) != 0) {
    return std::nullopt;
  }
  const net::Address source = LocalEndpointOf(socket.get()).address;
  if (source.IsUnspecified()) return std::nullopt;
  return source;
}

}  // namespace koeru::server
