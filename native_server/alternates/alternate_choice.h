#pragma once

// Turns a list of alternate servers into the order in which clients are sent to them: RFC 8489
// section 10 leaves the choice to the server, and this one sends more clients to who has more room.
// Pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/net/address.h"

namespace koeru::server {

// What a server says of itself (GET /load).
struct ServerLoad {
  uint64_t allocations = 0;
  uint64_t total_quota = 0;  // 0: unlimited
  bool ready = true;         // new clients are welcome
};

// alternate-server-load=ADDRESS,URL
struct WatchedServer {
  net::Address address;
  std::string url;
};

struct AlternateServer {
  net::Endpoint endpoint;
  bool is_watched = false;           // alternate-server-load names it
  std::optional<ServerLoad> load{};  // of one that is watched; none: it does not answer
};

// From 0 (nobody is sent there) to kMostWeight, in the order of `servers`. Who has a quota is
// judged by how much of it is left; the others against the one with the most allocations. A server
// that is not watched counts as the average of those that are.
inline constexpr unsigned kMostWeight = 16;
std::vector<unsigned> WeightsOf(const std::vector<AlternateServer>& servers);

// Each server as often as its weight says, spread evenly: one round of smooth weighted round robin.
// Empty when nobody has room: then the client stays here.
std::vector<net::Endpoint> InTurn(const std::vector<AlternateServer>& servers);

}  // namespace koeru::server
