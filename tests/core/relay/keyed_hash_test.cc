#include "core/relay/keyed_hash.h"

#include <gtest/gtest.h>

#include <set>

namespace koeru::relay {
namespace {

constexpr HashKey kKey{0x9E3779B97F4A7C15, 0xD1B54A32D192ED03};

net::Endpoint V4(uint8_t host, uint16_t port) { return {net::Address::V4(192, 0, 2, host), port}; }

net::FiveTuple Tuple(const net::Endpoint& client, const net::Endpoint& server,
                     net::Transport transport = net::Transport::kUdp) {
  return {net::ClientAddress{client}, net::ServerAddress{server}, transport};
}

TEST(KeyedHash, EqualEndpointsHashEqually) {
  EXPECT_EQ(HashOf(V4(1, 3478), kKey), HashOf(V4(1, 3478), kKey));
}

TEST(KeyedHash, EveryKeyMakesAnotherOrder) {
  EXPECT_NE(HashOf(V4(1, 3478), kKey), HashOf(V4(1, 3478), {kKey.a + 1, kKey.b}));
  EXPECT_NE(HashOf(V4(1, 3478), kKey), HashOf(V4(1, 3478), {kKey.a, kKey.b + 1}));
}

TEST(KeyedHash, EachPartOfAFiveTupleCounts) {
  const auto hash = HashOf(Tuple(V4(1, 10), V4(2, 20)), kKey);
  EXPECT_NE(hash, HashOf(Tuple(V4(3, 10), V4(2, 20)), kKey));
  EXPECT_NE(hash, HashOf(Tuple(V4(1, 11), V4(2, 20)), kKey));
  EXPECT_NE(hash, HashOf(Tuple(V4(1, 10), V4(3, 20)), kKey));
  EXPECT_NE(hash, HashOf(Tuple(V4(1, 10), V4(2, 21)), kKey));
  EXPECT_NE(hash, HashOf(Tuple(V4(1, 10), V4(2, 20), net::Transport::kTcp), kKey));
  EXPECT_NE(hash, HashOf(Tuple(V4(2, 20), V4(1, 10)), kKey)) << "client and server swapped";
}

TEST(KeyedHash, PortsAndHostsOfANetworkDoNotCollide) {
  std::set<uint64_t> hashes;
  size_t count = 0;
  for (int host = 0; host < 16; ++host) {
    for (int port = 1024; port < 3072; ++port, ++count) {
      hashes.insert(HashOf(V4(static_cast<uint8_t>(host), static_cast<uint16_t>(port)), kKey));
    }
  }
  EXPECT_EQ(hashes.size(), count);
}

}  // namespace
}  // namespace koeru::relay
