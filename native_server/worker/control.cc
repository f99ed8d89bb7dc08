// Control messages: what comes in goes to the state machine, and what it decides is carried out.

#include <cerrno>
#include <cstring>

#include "absl/log/log.h"
#include "native_server/io/clock.h"
#include "native_server/worker/worker.h"

namespace koeru::server {
namespace {

constexpr uint16_t kBindingRequest =
    stun::MessageType{stun::Method::kBinding, stun::Class::kRequest}.ToWire();
constexpr uint16_t kAllocateRequest =
    stun::MessageType{stun::Method::kAllocate, stun::Class::kRequest}.ToWire();

}  // namespace

void Worker::OnControlMessage(Bytes message) {
  Reader header(message);
  const uint16_t type = header.U16();
  if (type == kBindingRequest) counters_.binding_requests.Add(1);
  if (type == kAllocateRequest) counters_.allocate_requests.Add(1);
  // Whatever it changes, no route is known any more.
  known_.valid = false;
  actions_.Clear();
  relay_.OnMessage(five_tuple_, message, now_, WallNow(), actions_);
  CarryOut();
}

// RFC 8656 section 5: an allocation lives on its 5-tuple, and this one is gone.
void Worker::OnClientGone(const net::FiveTuple& five_tuple) {
  actions_.Clear();
  relay_.OnClientGone(five_tuple, now_, actions_);
  CarryOut();
}

// In order. Opening a socket adds more actions behind.
void Worker::CarryOut() {
  for (size_t i = 0; i < actions_.size(); ++i) {
    const relay::Action action = actions_[i];
    if (const auto* send = std::get_if<relay::SendToClient>(&action)) {
      to_clients_.AddReply(send->five_tuple, actions_.BytesOf(*send));
    } else if (const auto* open = std::get_if<relay::OpenRelaySocket>(&action)) {
      Open(*open);
    } else if (const auto* close = std::get_if<relay::CloseRelaySocket>(&action)) {
      // What its client sent before still leaves, and nothing refers to the socket afterwards.
      to_peers_.Flush();
      to_clients_.Flush();
      sockets_.Close(close->allocation);
    } else if (const auto* user = std::get_if<relay::LookUpUser>(&action)) {
      AskForUser(*user);
    } else if (const auto* connect = std::get_if<relay::ConnectPeer>(&action)) {
      Connect(*connect);
    } else if (const auto* peer = std::get_if<relay::ClosePeer>(&action)) {
      data_.Close(peer->connection);
    } else if (const auto* bind = std::get_if<relay::BindConnection>(&action)) {
      streams_.Leave(bind->five_tuple, {.connection = bind->connection});
    } else if (const auto* move = std::get_if<relay::MoveConnection>(&action)) {
      const Bytes request = actions_.BytesOf(*move);
      if (!net::IsStream(move->five_tuple.transport)) {
        HandOver(move->five_tuple, move->worker, request);
        continue;
      }
      streams_.Leave(move->five_tuple,
                     {.to_worker = move->worker, .request = {request.begin(), request.end()}});
    }
  }
}

void Worker::Open(const relay::OpenRelaySocket& action) {
  if (sockets_.Open(action, now_)) {
    sockets_.Find(action.allocation)->max_bytes_per_second = relay_.BandwidthOf(action.allocation);
    relay_.OnRelaySocketOpened(action.allocation, now_, actions_);
    return;
  }
  // A port in use is everyday: the state machine tries another one.
  if (errno != EADDRINUSE) {
    LOG_EVERY_N_SEC(WARNING, 10) << "cannot open a relay socket: " << std::strerror(errno)
                                 << (errno == EMFILE ? "; raise the limit of open files" : "");
  }
  relay_.OnRelaySocketFailed(action.allocation, now_, actions_);
}

}  // namespace koeru::server
