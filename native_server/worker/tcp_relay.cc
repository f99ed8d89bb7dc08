// RFC 6062: peers over TCP, and clients' connections that carry their data. What arrives on one of
// two joined connections leaves on the other; the state machine sees nothing of it.

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/log/log.h"
#include "native_server/io/tcp_socket.h"
#include "native_server/worker/worker.h"

namespace koeru::server {
namespace {

using Side = DataConnection::Side;
using Stage = DataConnection::Stage;

}  // namespace

void Worker::Connect(const relay::ConnectPeer& action) {
  if (!data_.Connect(action)) {
    relay_.OnPeerConnectFailed(action.connection, now_, actions_);
  }
}

// Peers that have connected to a relayed address, a bounded number of them in one turn.
void Worker::AcceptPeers(relay::AllocationHandle allocation) {
  for (int i = 0; i < kAccepts; ++i) {
    const RelaySocket* const socket = sockets_.Find(allocation);
    if (socket == nullptr) return;  // closed in this turn
    net::Endpoint peer;
    UniqueFd fd = AcceptTcp(socket->fd, peer);
    if (!fd.is_open()) {
      if (errno == EAGAIN) return;
      if (errno == ECONNABORTED || errno == EINTR) continue;
      LOG_EVERY_N_SEC(WARNING, 10) << "cannot take a peer's connection: " << std::strerror(errno)
                                   << (errno == EMFILE ? "; raise the limit of open files" : "");
      return;
    }
    actions_.Clear();
    const auto id = relay_.OnPeerAccepted(allocation, {peer}, now_, actions_);
    if (id) data_.Keep(*id, allocation, std::move(fd));
    CarryOut();
  }
  again_.push_back(allocation);
}

// The client connections whose next bytes are no messages any more, or another worker's.
void Worker::ServeLeavingStreams() {
  for (const uint32_t slot : streams_.TakeLeaving()) {
    StreamClient* const client = streams_.At(slot);
    if (client == nullptr || client->is_ended || !client->leaving) continue;
    const StreamClient::Leaving leaving = *std::move(client->leaving);
    client->leaving.reset();
    if (!client->Flush()) {
      streams_.End(slot);
    } else if (leaving.to_worker) {
      PassOn(slot, *client, leaving);
    } else {
      Join(slot, leaving.connection);
    }
  }
  CloseEndedStreams();
}

// Who has not even taken the answers that wait for him is not worth the trouble.
void Worker::PassOn(uint32_t slot, StreamClient& client, const StreamClient::Leaving& leaving) {
  if (client.is_blocked() || !options_.pass_on) return streams_.End(slot);
  StreamClient::Parts parts = streams_.Release(slot);
  parts.connection.read = leaving.request;
  parts.connection.read.insert(parts.connection.read.end(), parts.rest.begin(), parts.rest.end());
  options_.pass_on(*leaving.to_worker, std::move(parts.connection));
}

void Worker::Join(uint32_t slot, relay::ConnectionId id) {
  DataConnection* const connection = data_.Find(id);
  if (connection == nullptr) return streams_.End(slot);  // its allocation has ended since
  StreamClient::Parts parts = streams_.Release(slot);
  connection->Join(DataEnd(std::move(parts.connection.fd), std::move(parts.connection.tls),
                           std::move(parts.rest), std::move(parts.sealed)),
                   parts.unsent, std::move(parts.connection.place));
  ready_data_.push_back(data_.SlotOf(id));
}

void Worker::ServeDataConnections() {
  for (const uint32_t slot : data_.TakeResumed(now_)) ready_data_.push_back(slot);
  std::vector<uint32_t> ready;
  ready.swap(ready_data_);
  for (const uint32_t slot : ready) {
    DataConnection* const connection = data_.At(slot);
    if (connection == nullptr) continue;
    if (connection->stage() == Stage::kConnecting) {
      FinishConnect(*connection, slot);
    } else if (connection->stage() == Stage::kJoined) {
      MoveData(*connection, slot);
    }
  }
  counters_.tcp_connections.Set(data_.size());
}

void Worker::FinishConnect(DataConnection& connection, uint32_t slot) {
  const relay::ConnectionId id = connection.id();
  actions_.Clear();
  switch (ConnectStateOf(connection.fd(Side::kPeer))) {
    case ConnectState::kPending:
      return;
    case ConnectState::kConnected:
      connection.set_stage(Stage::kUnbound);
      data_.Watch(slot, now_);
      relay_.OnPeerConnected(id, now_, actions_);
      break;
    case ConnectState::kFailed:
      relay_.OnPeerConnectFailed(id, now_, actions_);
      actions_.Close(id);
      break;
  }
  CarryOut();
}

void Worker::MoveData(DataConnection& connection, uint32_t slot) {
  const relay::ConnectionId id = connection.id();
  const RelaySocket* const socket = sockets_.Find(connection.allocation());
  const uint64_t limit = socket != nullptr ? LimitOf(*socket) : UINT64_MAX;
  bool has_more = false;
  for (const Side to : {Side::kPeer, Side::kClient}) {
    const auto most = static_cast<size_t>(std::min<uint64_t>(kDataShare, limit));
    size_t moved = 0;
    const auto result = connection.MoveTo(to, data_scratch_, most, now_, moved);
    if (moved > 0) CountData(connection, to, moved);
    if (result == DataConnection::Result::kBroken) {
      connection.Abort();
      return EndData(id);
    }
    has_more |= result == DataConnection::Result::kMore;
  }
  if (connection.is_over()) return EndData(id);
  if (has_more) ready_data_.push_back(slot);
  data_.Watch(slot, now_);
}

// Like a client on a stream it is slowed down, and loses nothing.
void Worker::CountData(DataConnection& connection, Side to, size_t size) {
  RelaySocket* const socket = sockets_.Find(connection.allocation());
  if (socket == nullptr) return;
  if (to == Side::kPeer) {
    sockets_.CountToPeer(*socket, size);
  } else {
    sockets_.CountToClient(*socket, size);
  }
  if (!IsLimited(*socket)) return;
  const Direction direction = to == Side::kPeer ? Direction::kToPeer : Direction::kToClient;
  connection.Pause(to, Charge(*socket, direction, size));
}

void Worker::EndData(relay::ConnectionId id) {
  relay_.OnDataConnectionEnded(id);
  data_.Close(id);
}

}  // namespace koeru::server
