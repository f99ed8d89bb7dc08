#pragma once

// The addresses of this machine.

#include <map>
#include <optional>
#include <vector>

#include "core/net/address.h"

namespace koeru::server {

// Of all interfaces that are up, loopback included, in the kernel's order, none twice.
std::vector<net::Address> InterfaceAddresses();

// In bytes, of the interface that has the address.
std::map<net::Address, size_t> InterfaceMtus();

// The address from which this machine reaches the rest of the world: the source the kernel picks
// for a default route. Nothing is sent. nullopt when there is no route.
std::optional<net::Address> DefaultSourceAddress(net::Family family);

}  // namespace koeru::server
