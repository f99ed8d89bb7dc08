#pragma once

// The listening sockets of one worker, and what waits to leave through each of them.

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "core/net/five_tuple.h"
#include "native_server/io/send_queue.h"
#include "native_server/io/udp_socket.h"
#include "native_server/worker/counters.h"

namespace koeru::server {

struct Listener {
  Listener(UniqueFd socket, const net::Endpoint& bound, WorkerCounters& counters)
      : fd(std::move(socket)),
        local(bound),
        wildcard(bound.address.IsUnspecified()),
        udp(&counters.listeners.Of(bound, net::Transport::kUdp)),
        dtls(&counters.listeners.Of(bound, net::Transport::kDtls)),
        queue(fd.get(), counters.send) {}

  UniqueFd fd;
  net::Endpoint local;
  bool wildcard;  // the kernel tells where each datagram went to, and must be told where from
  ListenerTraffic* udp;  // of its clients without DTLS
  ListenerTraffic* dtls;
  bool is_stamped = false;  // see ForwardingLatency
  SendQueue queue;
};

class Listeners {
 public:
  absl::Status Open(const std::vector<net::Endpoint>& endpoints, const UdpOptions& options,
                    WorkerCounters& counters);

  // The one through which a reply from `server` leaves; null when there is none.
  Listener* Find(const net::ServerAddress& server);

  size_t size() const { return list_.size(); }
  Listener& operator[](size_t i) { return *list_[i]; }
  void FlushAll();

 private:
  std::vector<std::unique_ptr<Listener>> list_;
};

}  // namespace koeru::server
