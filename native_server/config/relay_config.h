#pragma once

// Options of the operator -> configuration of the relay's state machine, filled in from this
// machine's addresses.

#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/config/server_options.h"

namespace koeru::server {

// What this machine looks like; a value, so that tests need no interfaces.
struct Machine {
  std::vector<net::Address> addresses;       // of all interfaces
  std::vector<net::Address> default_source;  // one per family that has a default route
  std::string host_name;
  unsigned cpus = 1;
  std::map<net::Address, size_t> mtus{};  // in bytes, of the interface that has the address
};
Machine ThisMachine();

// RFC 3927, RFC 4291 section 2.5.6: an address that means something on one link only.
bool IsLinkLocal(const net::Address& address);

// Where to listen: listening-ip, else all addresses of both families.
std::vector<net::Endpoint> ListenEndpoints(const ServerOptions& options, const Machine& machine);

// The sockets for UDP and DTLS, which are told apart by their first byte (RFC 7983): both speak on
// both ports.
std::vector<net::Endpoint> UdpEndpoints(const ServerOptions& options, const Machine& machine);

size_t WorkerCount(const ServerOptions& options, const Machine& machine);

// Errors name the option and the remedy. Quota, live addresses and events are left to the caller.
absl::StatusOr<relay::RelayConfig> MakeRelayConfig(const ServerOptions& options,
                                                   const Machine& machine,
                                                   relay::RandomSource& random);

}  // namespace koeru::server
