#include "native_server/worker/peer_sender.h"

namespace koeru::server {

PeerSender::PeerSender(bool segments, SendCounters& counters)
    : segments_(segments), queue_(-1, counters) {
  waiting_.reserve(kWaiting);
  sockets_.reserve(kWaiting);
}

void PeerSender::AddRun(RelaySocket& socket, const net::Endpoint& to, const OutgoingRun& run,
                        bool dont_fragment) {
  if (waiting_.size() == kWaiting) Flush();
  const auto index = static_cast<uint32_t>(waiting_.size());
  waiting_.push_back({SocketAddress(to), run, dont_fragment, RelaySocket::kNone});
  if (socket.first_waiting == RelaySocket::kNone) {
    socket.first_waiting = index;
    sockets_.push_back(&socket);
  } else {
    waiting_[socket.last_waiting].next = index;
  }
  socket.last_waiting = index;
}

void PeerSender::Flush() {
  for (RelaySocket* socket : sockets_) SendAllOf(*socket);
  sockets_.clear();
  waiting_.clear();
}

void PeerSender::SendAllOf(RelaySocket& socket) {
  queue_.set_fd(socket.fd);
  SegmentLimit* limit = segments_ ? &socket.to_peer_limit : nullptr;
  for (uint32_t i = socket.first_waiting; i != RelaySocket::kNone; i = waiting_[i].next) {
    const Waiting& one = waiting_[i];
    // RFC 8656 section 14.1: the DF bit follows DONT-FRAGMENT of the Send indication. IPv4 has
    // no way to say so per datagram.
    if (one.dont_fragment != socket.dont_fragment) {
      queue_.Flush();
      SetDontFragment(socket.fd, socket.local.address.family(), one.dont_fragment);
      socket.dont_fragment = one.dont_fragment;
    }
    queue_.AddRun(one.to, nullptr, one.run, limit);
  }
  queue_.Flush();
  if (const uint16_t port = queue_.TakeTooLargePort(); port != 0) socket.too_large_port = port;
  socket.first_waiting = socket.last_waiting = RelaySocket::kNone;
}

}  // namespace koeru::server
