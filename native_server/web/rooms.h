// Rooms: the signalling server of SIGNALLING.md as a machine without I/O, clock or randomness.
//
//   Rooms rooms(limits, make_id);
//   rooms.OnConnect(connection, source, now);
//   rooms.OnText(connection, R"({"type":"join","room":"blue-whale-42"})", now, actions);
//   for (const RoomAction& action : actions) { ... send the text, then close if it says so ... }
//
// Whoever drives it numbers the connections, carries out the actions in their order, and calls
// OnTimeout when NextDeadline has come. A connection that was told to close is forgotten here at
// once; what it still sends is ignored.
//
// A member that joined with a secret outlives its connection: OnLost makes it absent, what is sent
// to it is kept, and a connection that proves the secret within `grace` goes on where the old one
// broke. The others notice nothing of it.
//
// A member that joined with a "peer" has the server's own media peer for itself in its room: it is
// among the members that it is told of, and nobody else's. What is said to it are actions, too.
//
// Memory: one entry for each connection (the driver bounds those), `rooms` rooms, one rate bucket
// for each of at most RateLimiter::kSources sources, `absent_members` members without a connection,
// and `kept_bytes` for each member with a secret.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "native_server/door/rate_limiter.h"
#include "native_server/tls/source_key.h"
#include "native_server/web/kept_messages.h"
#include "native_server/web/server_message.h"
#include "native_server/web/signal_message.h"

namespace koeru::server::web {

enum class ConnectionId : uint64_t {};

// The table "Limits" of SIGNALLING.md; what happens at each limit stands there.
struct RoomLimits {
  size_t message_bytes = 64 * 1024;
  size_t members_per_room = 8;
  size_t rooms = 4096;
  double messages_burst = 200;
  double messages_per_s = 50;
  double joins_burst = 60;  // from one source
  double joins_per_s = 0.5;
  double patience = 100;  // messages that may be dropped for speed before the connection is closed
  std::chrono::seconds join_time{60};  // connected, but in no room
  std::chrono::seconds grace{30};      // without a connection, but still in the room
  size_t absent_members = 512;         // beyond: who loses the connection is gone at once
  size_t kept_messages = 256;      // for each member with a secret, not acknowledged; beyond the
  size_t kept_bytes = 128 * 1024;  // oldest is forgotten, and the member cannot come back
  bool has_peer = false;           // whether there is a media peer
};

// What the server's own media peer is to hear. `page` is the id that the peer has in its member's
// room, and nobody else's.
struct PeerLetter {
  enum class Kind : uint8_t {
    kBegin,   // a member joined and wants to call it; `text` is the "peer" of its "join"
    kSignal,  // `text` is the "data" that was sent to it
    kEnd,     // the member is gone
  };
  Kind kind = Kind::kBegin;
  std::string page;
  std::string text{};
};

// RFC 6455 §7.4.1.
enum class CloseCode : uint16_t {
  kGoingAway = 1001,
  kPolicyViolation = 1008,
  kTooBig = 1009,
  kTryAgainLater = 1013,
};

struct RoomAction {
  ConnectionId to{};
  std::shared_ptr<const std::string> text{};  // to be sent; may be shared by many actions
  std::optional<CloseCode> close{};           // after the text
  // Nothing is sent then: this is for the server's own media peer.
  std::optional<PeerLetter> peer{};
};
using RoomActions = std::vector<RoomAction>;

class Rooms {
 public:
  using MakeId = std::function<std::string()>;  // a new unguessable id for each call

  Rooms(RoomLimits limits, MakeId make_id);

  void OnConnect(ConnectionId connection, const SourceKey& source, TimePoint now);
  void OnText(ConnectionId connection, std::string_view text, TimePoint now, RoomActions& actions);
  // A message arrived that is larger than allowed; its content need not have been read.
  void OnTooLarge(ConnectionId connection, TimePoint now, RoomActions& actions);
  // The connection was closed by its client, which so leaves the room.
  void OnDisconnect(ConnectionId connection, TimePoint now, RoomActions& actions);
  // The connection broke, or its client said that it will come back.
  void OnLost(ConnectionId connection, TimePoint now, RoomActions& actions);

  // The media peer says something to its member. Nothing happens when that has gone.
  void OnPeerSignal(const std::string& page, std::string_view data, RoomActions& actions);

  std::optional<TimePoint> NextDeadline() const;
  void OnTimeout(TimePoint now, RoomActions& actions);

  size_t room_count() const { return members_by_room_.size(); }
  size_t absent_count() const { return absent_deadlines_.size(); }
  size_t connection_count() const { return connections_.size(); }
  // Every invariant of the tables; for tests and debug builds.
  bool IsConsistent() const;

 private:
  struct Member {
    std::string room;
    MemberInfo info;
    std::optional<ConnectionId> connection;  // none while absent
    std::optional<KeptMessages> kept{};      // of a member with a secret
    uint64_t received = 0;                   // the number of its last signal
    std::optional<TimePoint> absent_until{};
    std::string peer{};  // the media peer's id for this member, and in this room; empty: none
  };
  struct Connection {
    SourceKey source;
    TokenBucket messages;
    TokenBucket patience;
    TimePoint next_complaint;
    std::optional<TimePoint> join_by;  // set while it is in no room
    Member* member = nullptr;          // null while it is in no room
  };
  using Members = std::vector<std::unique_ptr<Member>>;  // in the order of joining

  void Handle(ConnectionId id, Connection& connection, const JoinMessage& join, TimePoint now,
              RoomActions& actions);
  void Handle(ConnectionId id, Connection& connection, const ResumeMessage& resume, TimePoint now,
              RoomActions& actions);
  void Handle(ConnectionId id, Connection& connection, const SignalMessage& signal, TimePoint now,
              RoomActions& actions);
  void Handle(ConnectionId id, Connection& connection, const AckMessage& ack, TimePoint now,
              RoomActions& actions);
  void Handle(ConnectionId id, Connection& connection, const LeaveMessage& leave, TimePoint now,
              RoomActions& actions);
  // What both ways into a room demand; false: it was refused.
  bool MayEnter(ConnectionId id, Connection& connection, const std::string& room, TimePoint now,
                RoomActions& actions);
  // Whether a signal is the next of its member: else it is a copy, or one before it was dropped.
  bool IsNext(const SignalMessage& signal, Connection& connection, RoomActions& actions);
  void OnTooFast(ConnectionId id, Connection& connection, TimePoint now, RoomActions& actions);
  void Complain(ConnectionId id, Connection& connection, ErrorCode code, std::string_view message,
                TimePoint now, RoomActions& actions);
  void Expel(ConnectionId id, ErrorCode code, std::string_view message, CloseCode close,
             TimePoint now, RoomActions& actions);
  // Makes room for a connection that has proved to be the same member.
  void Displace(Member& member, RoomActions& actions);
  void Tell(Member& member, std::shared_ptr<const std::string> text, RoomActions& actions);
  void LeaveRoom(ConnectionId id, Connection& connection, TimePoint now, RoomActions& actions);
  void Remove(Member& member, bool is_lost, RoomActions& actions);
  Member* Find(const std::string& room, std::string_view id) const;
  void SetJoinDeadline(ConnectionId id, Connection& connection, std::optional<TimePoint> deadline);
  void SetAbsent(Member& member, std::optional<TimePoint> until);

  const RoomLimits limits_;
  const MakeId make_id_;
  RateLimiter joins_;
  absl::flat_hash_map<ConnectionId, Connection> connections_;
  absl::flat_hash_map<std::string, Members> members_by_room_;
  std::set<std::pair<TimePoint, ConnectionId>> join_deadlines_;
  std::set<std::pair<TimePoint, Member*>> absent_deadlines_;
  absl::flat_hash_map<std::string, Member*> by_peer_;
};

}  // namespace koeru::server::web
