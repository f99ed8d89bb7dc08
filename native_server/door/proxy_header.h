// The header that a load balancer writes in front of a connection, so that the server behind it
// knows whose it is: HAProxy's PROXY protocol, versions 1 and 2.
//
//   1:  "PROXY TCP4 192.0.2.1 198.51.100.7 56324 443\r\n", 107 bytes at most
//   2:  +--------------------------------------------------+
//       | 0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A   (signature) |
//       +---------+---------+---------+---------+-----------+
//       | version | command | family  | proto   | length    |
//       +---------+---------+---------+---------+-----------+
//       | source address, destination address, two ports    |
//       | TLVs ...                                          |
//       +---------------------------------------------------+
//
// Nothing behind the header may be read with it, so it is read in steps:
//
//   std::vector<uint8_t> header;
//   ProxyHeader step = ReadProxyHeader(header);
//   while (step.missing > 0) { ... read exactly step.missing bytes more ...; step = ...; }
//   if (!step.error.empty()) Close();
#pragma once

#include <optional>
#include <string_view>

#include "core/bytes/reader.h"
#include "core/net/address.h"

namespace koeru::server {

struct ProxyHeader {
  // Bytes that surely belong to the header and are not there yet; 0: it is whole, or no header.
  size_t missing = 0;
  std::string_view error = {};  // a sentence; empty: none
  // None: the connection is the balancer's own, a health check (LOCAL, UNKNOWN).
  std::optional<net::Endpoint> client = {};
  std::optional<net::Endpoint> server = {};
};

// With version 2 a balancer may send more about the connection, up to this size in all.
inline constexpr size_t kLongestProxyHeader = 4096;

ProxyHeader ReadProxyHeader(Bytes so_far);

}  // namespace koeru::server
