// What one packet, one request and one allocation cost inside the relay's state machine.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::string_view kPeer = "198.51.100.7:9";

// `count` clients, each with an allocation, a permission and a channel.
struct Clients {
  explicit Clients(int count) {
    h.config.events = nullptr;
    h.config.amplification_bytes_per_second = 0;
    h.config.min_port = 1024;
    for (int i = 0; i < count; ++i) {
      clients.push_back(h.Client("192.0." + std::to_string(i / 250) + "." +
                                 std::to_string(i % 250) + ":" +
                                 std::to_string(10000 + i % 50000)));
      if (h.Allocate(clients.back()) != 0 || h.Bind(clients.back(), 0x4000, kPeer) != 0) abort();
    }
  }
  // In an order that no cache line prefetcher guesses.
  const ScriptedClient& Next() {
    at = (at + 7919) % clients.size();
    return clients[at];
  }

  RelayHarness h;
  std::vector<ScriptedClient> clients;
  size_t at = 0;
};

void RouteChannelData(benchmark::State& state) {
  Clients c(static_cast<int>(state.range(0)));
  Packet packet(164);
  Writer w(packet);
  w.U16(0x4000);
  w.U16(160);
  for (auto _ : state) {
    benchmark::DoNotOptimize(c.h.relay().RouteFromClient(c.Next().five_tuple, packet, c.h.now));
  }
}
BENCHMARK(RouteChannelData)->Arg(1)->Arg(10)->Arg(1000)->Arg(10000);

void RouteSendIndication(benchmark::State& state) {
  Clients c(static_cast<int>(state.range(0)));
  const std::string payload(160, 'x');
  const Packet packet = c.clients[0].Indication(stun::Method::kSend, [&](auto& b) {
    b.Add(turn::XorPeerAddress{Ep(kPeer)});
    b.Add(turn::Data{AsBytes(payload)});
  });
  for (auto _ : state) {
    benchmark::DoNotOptimize(c.h.relay().RouteFromClient(c.Next().five_tuple, packet, c.h.now));
  }
}
BENCHMARK(RouteSendIndication)->Arg(10)->Arg(1000);

void RouteFromPeer(benchmark::State& state) {
  Clients c(static_cast<int>(state.range(0)));
  const net::PeerAddress peer{Ep(kPeer)};
  size_t at = 0;
  for (auto _ : state) {
    at = (at + 7919) % c.h.opened.size();
    benchmark::DoNotOptimize(
        c.h.relay().RouteFromPeer(c.h.opened[at].allocation, peer, c.h.now));
  }
}
BENCHMARK(RouteFromPeer)->Arg(10)->Arg(1000);

template <typename MakeRequest>
void Answer(benchmark::State& state, Clients& c, MakeRequest make) {
  const Packet request = make(c.clients[0]);
  for (auto _ : state) {
    c.h.actions.Clear();
    c.h.relay().OnMessage(c.clients[0].five_tuple, request, c.h.now, c.h.wall, c.h.actions);
    if (c.h.actions.empty()) state.SkipWithError("no answer");
  }
}

void Binding(benchmark::State& state) {
  Clients c(1);
  Answer(state, c, [](auto& client) {
    client.nonce.clear();
    return client.Request(stun::Method::kBinding);
  });
}
BENCHMARK(Binding);

void Challenge(benchmark::State& state) {
  Clients c(1);
  Answer(state, c, [](auto& client) {
    client.nonce.clear();
    return client.Request(stun::Method::kAllocate, RelayHarness::Udp());
  });
}
BENCHMARK(Challenge);

void Refresh(benchmark::State& state) {
  Clients c(1);
  Answer(state, c, [](auto& client) { return client.Request(stun::Method::kRefresh); });
}
BENCHMARK(Refresh);

void CreatePermission(benchmark::State& state) {
  Clients c(1);
  Answer(state, c, [](auto& client) {
    return client.Request(stun::Method::kCreatePermission,
                          [](auto& b) { b.Add(turn::XorPeerAddress{Ep(kPeer)}); });
  });
}
BENCHMARK(CreatePermission);

// Allocate (with credentials) and Refresh to zero: the life of an allocation.
void AllocateAndGiveBack(benchmark::State& state) {
  Clients c(1);
  ScriptedClient client = c.h.Client("192.0.2.200:1");
  c.h.LogIn(client);
  const Packet allocate = client.Request(stun::Method::kAllocate, RelayHarness::Udp());
  const Packet end = client.Request(stun::Method::kRefresh,
                                    [](auto& b) { b.Add(turn::Lifetime{0}); });
  for (auto _ : state) {
    c.h.Send(client, allocate);
    c.h.Send(client, end);
  }
}
BENCHMARK(AllocateAndGiveBack);

void MemoryPerAllocation(benchmark::State& state) {
  for (auto _ : state) {
    RelayHarness h;
    h.config.live = nullptr;
    h.config.quota = nullptr;
    h.config.events = nullptr;
    h.config.amplification_bytes_per_second = 0;
    h.config.min_port = 1024;
    ScriptedClient client = h.Client("192.0.2.1:1");
    h.LogIn(client);
    const size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    const int count = 20000;
    for (int i = 0; i < count; ++i) {
      client.five_tuple.client.endpoint.address =
          net::Address::V4(20, 0, static_cast<uint8_t>(i >> 8), static_cast<uint8_t>(i));
      client.nonce.clear();
      h.LogIn(client);
      if (h.Allocate(client) != 0 || h.Bind(client, 0x4000, kPeer) != 0) abort();
      h.opened.clear();
    }
    const size_t after = mallinfo2().uordblks + mallinfo2().hblkhd;
    state.counters["bytes"] = static_cast<double>(after - before) / count;
  }
}
BENCHMARK(MemoryPerAllocation)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace koeru::relay::testing

BENCHMARK_MAIN();
