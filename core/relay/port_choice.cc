#include "core/relay/port_choice.h"

#include <array>

namespace koeru::relay {
namespace {

constexpr int kRandomTries = 16;
constexpr uint32_t kSweep = 512;  // then this many ports in a row from a random start

bool IsFree(RelayState& state, const RelayAddress& address, uint16_t port, net::Instant now) {
  const net::Endpoint local{address.local, port};
  if (state.allocations.FindByLocal(local) != nullptr) return false;
  if (state.reservations.Holds(local, now)) return false;
  // Another worker's.
  for (const LiveRelayedAddresses* live : {state.config.live, state.config.live_tcp}) {
    if (live != nullptr && live->Contains({address.advertised, port})) return false;
  }
  return true;
}

bool Fits(RelayState& state, const RelayAddress& address, uint32_t port, PortKind kind,
          net::Instant now) {
  if (kind != PortKind::kAny && port % 2 != 0) return false;
  if (!IsFree(state, address, static_cast<uint16_t>(port), now)) return false;
  if (kind != PortKind::kEvenWithNextFree) return true;
  return port < state.config.max_port &&
         IsFree(state, address, static_cast<uint16_t>(port + 1), now);
}

// Uniform over the range: a 32-bit draw scaled down is off by less than one part in 65536.
uint32_t RandomPort(RelayState& state, uint32_t size) {
  std::array<uint8_t, 4> bytes;
  state.random.Fill(bytes);
  const uint64_t draw = Reader(bytes).U32();
  return state.config.min_port + static_cast<uint32_t>((draw * size) >> 32);
}

}  // namespace

std::optional<uint16_t> ChoosePort(RelayState& state, const RelayAddress& address, PortKind kind,
                                   net::Instant now) {
  const uint32_t first = state.config.min_port;
  const uint32_t last = state.config.max_port;
  if (last < first) return std::nullopt;
  const uint32_t size = last - first + 1;

  for (int i = 0; i < kRandomTries; ++i) {
    uint32_t port = RandomPort(state, size);
    if (kind != PortKind::kAny && port % 2 != 0 && port > first) --port;
    if (Fits(state, address, port, kind, now)) return static_cast<uint16_t>(port);
  }
  const uint32_t start = RandomPort(state, size) - first;
  for (uint32_t i = 0; i < std::min(size, kSweep); ++i) {
    const uint32_t port = first + (start + i) % size;
    if (Fits(state, address, port, kind, now)) return static_cast<uint16_t>(port);
  }
  return std::nullopt;
}

}  // namespace koeru::relay
