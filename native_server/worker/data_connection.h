#pragma once

// A data connection of RFC 6062: the connection to a peer, and once it is bound the client's,
// joined so that what comes from one goes to the other.
//
// Each direction holds at most kRead bytes that the receiving end has not taken; until they are
// gone nothing more is read, so a slow reader slows its sender down and costs no memory. An end of
// one direction (FIN, close_notify) is passed on behind its last byte, and the other one goes on.

#include <vector>

#include "core/net/time.h"
#include "core/relay/actions.h"
#include "native_server/worker/data_end.h"

namespace koeru::server {

class DataConnection {
 public:
  enum class Stage : uint8_t { kConnecting, kUnbound, kJoined };
  enum Side : uint8_t { kPeer, kClient };  // also the direction towards it

  static constexpr size_t kRead = 64u << 10;

  DataConnection(relay::ConnectionId id, relay::AllocationHandle allocation, Stage stage,
                 UniqueFd peer)
      : id_(id), allocation_(allocation), stage_(stage) {
    ends_[kPeer] = DataEnd(std::move(peer));
  }

  // `first` goes to the client before anything of the peer's. `place`: see StreamConnection.
  void Join(DataEnd client, Bytes first, std::shared_ptr<const void> place);

  // Moves bytes towards `side` until one end has no more or takes no more, at most about `most`.
  // `moved`: how many were read.
  enum class Result : uint8_t { kWaits, kMore, kBroken };
  Result MoveTo(Side side, MutableBytes scratch, size_t most, net::Instant now, size_t& moved);
  // Nothing is read for that direction before then.
  void Pause(Side towards, net::Instant until) { pipes_[towards].paused_until = until; }
  net::Instant paused_until(Side towards) const { return pipes_[towards].paused_until; }

  // Both directions have ended.
  bool is_over() const { return pipes_[kPeer].is_closed && pipes_[kClient].is_closed; }
  // The other ends are to hear that this was no orderly end.
  void Abort();

  // What epoll is to watch for: EPOLLIN, EPOLLOUT.
  uint32_t EventsOf(Side side, net::Instant now) const;
  uint32_t watched[2] = {0, 0};  // what it does, by side

  relay::ConnectionId id() const { return id_; }
  relay::AllocationHandle allocation() const { return allocation_; }
  Stage stage() const { return stage_; }
  void set_stage(Stage stage) { stage_ = stage; }
  int fd(Side side) const { return ends_[side].fd(); }

 private:
  struct Pipe {
    std::vector<uint8_t> waiting;
    size_t taken = 0;        // of it
    bool has_ended = false;  // where it comes from
    bool is_closed = false;  // and where it goes to
    net::Instant paused_until;
  };
  // False: broken.
  bool Deliver(DataEnd& to, Pipe& pipe, Bytes bytes);

  relay::ConnectionId id_;
  relay::AllocationHandle allocation_;
  Stage stage_;
  DataEnd ends_[2];
  Pipe pipes_[2];  // by the side they lead to
  std::shared_ptr<const void> place_;
};

}  // namespace koeru::server
