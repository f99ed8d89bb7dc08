#pragma once

// The channel bindings of one allocation: RFC 8656 section 12: "A channel binding consists of a
// channel number, a transport address (of the peer), and a time-to-expiry timer."
//
// Sorted by number, with the order by peer beside it, so that both directions are binary searches.
// What has expired is never found, and is forgotten by the next Bind.

#include "absl/container/inlined_vector.h"
#include "core/net/five_tuple.h"
#include "core/net/time.h"

namespace koeru::relay {

struct Channel {
  net::PeerAddress peer;
  uint16_t number = 0;
  net::Instant end;  // the first instant at which it holds no more
};

class ChannelList {
 public:
  const Channel* FindByNumber(uint16_t number, net::Instant now) const;
  const Channel* FindByPeer(const net::PeerAddress& peer, net::Instant now) const;

  // RFC 8656 section 12.2: is neither the number nor the peer bound to something else?
  bool MayBind(uint16_t number, const net::PeerAddress& peer, net::Instant now) const;
  // Would this binding fit? Forgets what has expired.
  bool HasRoomFor(uint16_t number, size_t limit, net::Instant now);
  // Adds, or moves the end of, a binding that MayBind.
  void Bind(const Channel& channel);

  void Clear();
  size_t size() const { return list_.size(); }  // expired ones among them
  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }
  bool IsConsistent() const;

 private:
  using Position = uint16_t;

  size_t LowerBound(uint16_t number) const;
  size_t LowerBoundByPeer(const net::PeerAddress& peer) const;
  void ForgetExpired(net::Instant now);

  absl::InlinedVector<Channel, 2> list_;
  absl::InlinedVector<Position, 8> by_peer_;  // positions in list_, in the order of the peers
};

}  // namespace koeru::relay
