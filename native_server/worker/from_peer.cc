// Peer to client: what arrives on a relay socket is wrapped and sent to the client it belongs to.

#include <algorithm>
#include <cerrno>

#include "native_server/io/error_queue.h"
#include "native_server/worker/worker.h"

namespace koeru::server {

// Reads one relay socket, whose event was edge-triggered: a full share means that more may wait,
// and the socket has its next turn without epoll.
void Worker::ReceiveFromPeers(relay::AllocationHandle allocation) {
  RelaySocket* socket = sockets_.Find(allocation);
  if (socket == nullptr) return;  // closed in this turn
  if (socket->tcp) return AcceptPeers(allocation);
  if (batch_.room() == 0 || batch_.held() > kHeldBytes) FlushAll();
  const size_t share = std::min(kRelayEntries, batch_.room());
  counters_.recv_calls.Add(1);
  const size_t count = batch_.Receive(socket->fd, share);
  // An error that is not "nothing there" (a pending ICMP message, say) was taken by that call; what
  // waits behind it would get no event of its own.
  const bool interrupted = count == 0 && errno != EAGAIN && errno != EWOULDBLOCK;
  if (count == share || interrupted) again_.push_back(allocation);

  const Received* previous = nullptr;
  relay::RouteToClient route;
  for (const Received& received : batch_.Last(count)) {
    if (previous == nullptr || !(previous->from == received.from)) {
      route = relay_.RouteFromPeer(allocation, {received.from.ToEndpoint()}, now_);
    }
    previous = &received;
    OnPeerDatagrams(received, route, *socket);
  }
  if (previous != nullptr && route.drop == relay::Drop::kNone) {
    counters_.latency.OnRelayed(socket->fd, socket->is_stamped);
  }
}

// ICMP errors, a bounded number in one turn: RFC 8656 section 11.5.
void Worker::ReadIcmpErrors(relay::AllocationHandle allocation) {
  const RelaySocket* const socket = sockets_.Find(allocation);
  if (socket == nullptr || socket->tcp) return;  // closed in this turn, or nothing to read
  actions_.Clear();
  ErrorReport report;
  int read = 0;
  while (read < kIcmpErrors && ReadErrorQueue(socket->fd, report)) {
    ++read;
    if (!report.is_icmp) continue;
    if (report.peer.port == 0) report.peer.port = socket->too_large_port;
    relay_.OnIcmpError(allocation, {report.peer}, {report.type, report.code, report.mtu}, now_,
                       actions_);
  }
  CarryOut();
  if (read == kIcmpErrors) failed_again_.push_back(allocation);
}

// One datagram, or a run: all of one size, the last one possibly shorter.
void Worker::OnPeerDatagrams(const Received& received, const relay::RouteToClient& route,
                             RelaySocket& socket) {
  const size_t size = received.segment_size;
  size_t alike = size == 0 ? 1 : received.size / size;
  size_t rest = received.size - alike * size;
  if (route.drop != relay::Drop::kNone) {
    counters_.Drop(route.drop, alike + (rest > 0 ? 1 : 0));
    return;
  }
  uint8_t* const last = received.data + alike * size;
  if (IsLimited(socket)) {
    alike = Admit(socket, Direction::kToClient, size, alike);
    if (rest > 0 && Admit(socket, Direction::kToClient, rest, 1) == 0) rest = 0;
  }
  SegmentLimit& limit = socket.to_client_limit;
  if (alike > 0) {
    sockets_.CountToClient(socket, size, alike);
    to_clients_.AddDataRun(route, {received.data, size, ReceiveBatch::kHeadroom}, alike, limit);
  }
  if (rest > 0) {
    sockets_.CountToClient(socket, rest);
    to_clients_.AddData(route, {last, rest, 0}, limit);
  }
}

}  // namespace koeru::server
