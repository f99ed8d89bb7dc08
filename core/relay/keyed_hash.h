#pragma once

// A fast hash of addresses under a random key, for tables whose keys come from the network: nobody
// who does not know the key can make entries collide on purpose.

#include <array>
#include <cstring>

#include "core/net/five_tuple.h"

namespace koeru::relay {

struct HashKey {
  uint64_t a = 0, b = 0;
};

__extension__ using Uint128 = unsigned __int128;

// Multiplies to 128 bits and folds: the mixing step of wyhash.
inline uint64_t Mix(uint64_t x, uint64_t y) {
  const auto product = static_cast<Uint128>(x) * y;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

inline uint64_t HashOf(const net::Endpoint& endpoint, const HashKey& key) {
  uint64_t words[2] = {0, 0};
  const Bytes bytes = endpoint.address.bytes();
  std::memcpy(words, bytes.data(), bytes.size());
  return Mix(words[0] ^ key.a ^ (uint64_t{endpoint.port} << 32), words[1] ^ key.b ^ bytes.size());
}

inline uint64_t HashOf(const net::FiveTuple& tuple, const HashKey& key) {
  const uint64_t client = HashOf(tuple.client.endpoint, key);
  const uint64_t server = HashOf(tuple.server.endpoint, {key.b, key.a});
  return Mix(client ^ key.b, server ^ key.a ^ static_cast<uint64_t>(tuple.transport));
}

}  // namespace koeru::relay
