#pragma once

// A TCP connection between an allocation's relayed transport address and a peer: RFC 6062. The
// client made it with Connect, or the peer made it and the client heard of it in a
// ConnectionAttempt indication; a ConnectionBind request on a further connection of the client
// joins the two. Private to core/relay.

#include "core/net/five_tuple.h"
#include "core/relay/actions.h"
#include "core/relay/reply_to.h"
#include "core/relay/timer_wheel.h"

namespace koeru::relay {

struct PeerConnection {
  enum class State : uint8_t {
    kConnecting,  // waits for OnPeerConnected or OnPeerConnectFailed
    kUnbound,     // a peer data connection; waits for ConnectionBind
    kBound,       // joined with a client data connection
  };

  ConnectionId id{};
  AllocationHandle allocation;
  net::PeerAddress peer;  // as the client knows it
  State state = State::kUnbound;
  ReplyTo connect = {};   // to the Connect request, while connecting
  TimerNode timer{this};  // while it is not bound
};

}  // namespace koeru::relay
