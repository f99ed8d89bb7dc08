#pragma once

// Payloads on their way to peers. Each allocation has its own socket, so datagrams are collected
// per allocation over one batch and leave in as few sends as possible; the order within an
// allocation is kept.

#include <vector>

#include "native_server/io/send_queue.h"
#include "native_server/worker/relay_sockets.h"

namespace koeru::server {

class PeerSender {
 public:
  // A batch of 64 runs of 64 datagrams each, when none is like its neighbour.
  static constexpr size_t kWaiting = 64 * 64;

  // `segments`: whether the kernel takes runs (UDP_SEGMENT).
  PeerSender(bool segments, SendCounters& counters);

  // `payload` must stay until Flush().
  void Add(RelaySocket& socket, const net::Endpoint& to, Bytes payload, bool dont_fragment) {
    AddRun(socket, to, {.header = {}, .first = payload}, dont_fragment);
  }
  // The same for payloads of one size.
  void AddRun(RelaySocket& socket, const net::Endpoint& to, const OutgoingRun& run,
              bool dont_fragment);
  void Flush();

 private:
  struct Waiting {
    SocketAddress to;
    OutgoingRun run;
    bool dont_fragment;
    uint32_t next;
  };
  void SendAllOf(RelaySocket& socket);

  bool segments_;
  std::vector<Waiting> waiting_;
  std::vector<RelaySocket*> sockets_;  // those with something to send, in order of arrival
  SendQueue queue_;
};

}  // namespace koeru::server
