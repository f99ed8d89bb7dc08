#pragma once

// What clients have relayed, by the listening socket and the transport over which they came. One
// worker's thread writes, any thread reads.

#include <array>
#include <atomic>
#include <cstddef>
#include <span>

#include "core/net/five_tuple.h"
#include "native_server/io/counter.h"

namespace koeru::server {

struct Traffic {
  Counter packets;
  Counter bytes;  // of payload, without ChannelData or STUN headers
  void Count(size_t size, size_t datagrams = 1) {
    packets.Add(datagrams);
    bytes.Add(size * datagrams);
  }
};

struct ListenerTraffic {
  // As it was bound: 0.0.0.0 and :: stand for all addresses. Unspecified with port 0: those that
  // came after kMost others.
  net::Endpoint listener;
  net::Transport transport = net::Transport::kUdp;
  Traffic to_peer, to_client;
};

class ListenerTraffics {
 public:
  static constexpr size_t kMost = 64;

  // By the thread that writes. The reference stays good.
  ListenerTraffic& Of(const net::Endpoint& listener, net::Transport transport) {
    const size_t size = size_.load(std::memory_order_relaxed);
    for (ListenerTraffic& known : std::span(list_).first(size)) {
      if (known.listener == listener && known.transport == transport) return known;
    }
    if (size == kMost) return list_.back();
    if (size + 1 < kMost) {
      list_[size].listener = listener;
      list_[size].transport = transport;
    }
    size_.store(size + 1, std::memory_order_release);
    return list_[size];
  }

  // From any thread.
  std::span<const ListenerTraffic> all() const {
    return std::span(list_).first(size_.load(std::memory_order_acquire));
  }

 private:
  std::array<ListenerTraffic, kMost> list_;
  std::atomic<size_t> size_{0};
};

}  // namespace koeru::server
