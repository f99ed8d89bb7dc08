#pragma once

// What the relay wants done: the state machine has no sockets, so it hands out actions and the
// edge (native_server/worker) carries them out, in order.
//
// Actions is a reusable list with its own byte arena: Clear() keeps the memory, so in a steady
// state no call allocates. Views inside actions live until the next Clear().

#include <cstdint>
#include <string_view>
#include <variant>

#include "core/bytes/action_list.h"
#include "core/bytes/hex.h"
#include "core/net/five_tuple.h"

namespace koeru::relay {

// Names an allocation inside one worker: a slot and its generation, so that a handle kept by an
// edge can never reach a later allocation in the same slot.
struct AllocationHandle {
  uint32_t slot = 0;
  uint32_t generation = 0;
  friend constexpr auto operator<=>(const AllocationHandle&, const AllocationHandle&) = default;
};

// Send these bytes (a whole STUN message) to the client.
struct SendToClient {
  net::FiveTuple five_tuple;
  size_t offset = 0;  // into the arena: Actions::BytesOf()
  size_t size = 0;
};

// Bind a UDP socket, or a listening TCP socket, for the relayed transport address and report with
// Relay::OnRelaySocketOpened or Relay::OnRelaySocketFailed.
struct OpenRelaySocket {
  AllocationHandle allocation;
  net::Endpoint local;  // address to bind (relay-ip, not external-ip) and port
  bool tcp = false;
};

struct CloseRelaySocket {
  AllocationHandle allocation;
};

// Ask the database of users for the key of that user, and report with Relay::OnUserLookedUp; once,
// however long it takes.
struct LookUpUser {
  uint64_t id = 0;
  size_t offset = 0;  // into the arena: Actions::RealmOf(), Actions::NameOf()
  size_t realm_size = 0;
  size_t name_size = 0;
};

// RFC 6062: names a TCP connection to a peer, as CONNECTION-ID does.
enum class ConnectionId : uint32_t {};

// Open a TCP connection to `peer` from the relayed transport address, and report with
// Relay::OnPeerConnected or Relay::OnPeerConnectFailed. `peer` is where the socket connects to:
// what another relay of this server is bound to, also behind a NAT.
struct ConnectPeer {
  ConnectionId connection{};
  AllocationHandle allocation;
  net::Endpoint local;
  net::Endpoint peer;
};

// Close it, whatever its state, and the client data connection that it is joined with.
struct ClosePeer {
  ConnectionId connection{};
};

// The client connection on this 5-tuple carries no more STUN messages: from the bytes on that
// follow the request, and in the other direction behind what was sent to it before, it is joined
// with that connection to a peer. The edge says Relay::OnDataConnectionEnded when it is over.
struct BindConnection {
  net::FiveTuple five_tuple;
  ConnectionId connection{};
};

// What comes on this 5-tuple belongs to another worker. A connection is handed over, with this
// request and whatever follows it still to be read. Over UDP and DTLS it is this request, a Refresh
// with a ticket (RFC 8016), and, once that is granted, what follows it.
struct MoveConnection {
  net::FiveTuple five_tuple;
  uint32_t worker = 0;
  size_t offset = 0;  // into the arena: Actions::BytesOf()
  size_t size = 0;
};

using Action = std::variant<SendToClient, OpenRelaySocket, CloseRelaySocket, LookUpUser,
                            ConnectPeer, ClosePeer, BindConnection, MoveConnection>;

class Actions : public ActionList<Action> {
 public:
  Bytes BytesOf(const SendToClient& send) const { return View(send.offset, send.size); }
  Bytes BytesOf(const MoveConnection& move) const { return View(move.offset, move.size); }

  std::string_view RealmOf(const LookUpUser& user) const {
    return AsText(View(user.offset, user.realm_size));
  }
  std::string_view NameOf(const LookUpUser& user) const {
    return AsText(View(user.offset + user.realm_size, user.name_size));
  }

  // For the state machine.
  void Send(const net::FiveTuple& five_tuple, Bytes message) {
    Push(SendToClient{five_tuple, Store(message), message.size()});
  }
  void Open(AllocationHandle allocation, const net::Endpoint& local, bool tcp = false) {
    Push(OpenRelaySocket{allocation, local, tcp});
  }
  void Close(AllocationHandle allocation) { Push(CloseRelaySocket{allocation}); }
  void Connect(const ConnectPeer& connect) { Push(connect); }
  void Close(ConnectionId connection) { Push(ClosePeer{connection}); }
  void Bind(const net::FiveTuple& five_tuple, ConnectionId connection) {
    Push(BindConnection{five_tuple, connection});
  }
  void Move(const net::FiveTuple& five_tuple, uint32_t worker, Bytes request) {
    Push(MoveConnection{five_tuple, worker, Store(request), request.size()});
  }
  void LookUp(uint64_t id, std::string_view realm, std::string_view name) {
    const size_t offset = Store(AsBytes(realm));
    Store(AsBytes(name));
    Push(LookUpUser{id, offset, realm.size(), name.size()});
  }
};

}  // namespace koeru::relay
