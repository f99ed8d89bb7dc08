#include "core/relay/channel_list.h"

#include <algorithm>
#include <numeric>

namespace koeru::relay {

size_t ChannelList::LowerBound(uint16_t number) const {
  const auto at = std::lower_bound(list_.begin(), list_.end(), number,
                                   [](const Channel& c, uint16_t n) { return c.number < n; });
  return static_cast<size_t>(at - list_.begin());
}

size_t ChannelList::LowerBoundByPeer(const net::PeerAddress& peer) const {
  const auto at = std::lower_bound(
      by_peer_.begin(), by_peer_.end(), peer,
      [this](Position p, const net::PeerAddress& wanted) { return list_[p].peer < wanted; });
  return static_cast<size_t>(at - by_peer_.begin());
}

const Channel* ChannelList::FindByNumber(uint16_t number, net::Instant now) const {
  const size_t at = LowerBound(number);
  if (at == list_.size() || list_[at].number != number || list_[at].end <= now) return nullptr;
  return &list_[at];
}

const Channel* ChannelList::FindByPeer(const net::PeerAddress& peer, net::Instant now) const {
  // Most allocations have one or two.
  if (list_.size() <= 2) {
    for (const Channel& channel : list_) {
      if (channel.peer == peer) return now < channel.end ? &channel : nullptr;
    }
    return nullptr;
  }
  const size_t at = LowerBoundByPeer(peer);
  if (at == by_peer_.size()) return nullptr;
  const Channel& channel = list_[by_peer_[at]];
  return channel.peer == peer && now < channel.end ? &channel : nullptr;
}

bool ChannelList::MayBind(uint16_t number, const net::PeerAddress& peer, net::Instant now) const {
  const Channel* same_number = FindByNumber(number, now);
  const Channel* same_peer = FindByPeer(peer, now);
  return (same_number == nullptr || same_number->peer == peer) &&
         (same_peer == nullptr || same_peer->number == number);
}

bool ChannelList::HasRoomFor(uint16_t number, size_t limit, net::Instant now) {
  ForgetExpired(now);
  return FindByNumber(number, now) != nullptr || list_.size() < limit;
}

void ChannelList::Bind(const Channel& channel) {
  const size_t at = LowerBound(channel.number);
  if (at < list_.size() && list_[at].number == channel.number) {
    list_[at].end = channel.end;
    return;
  }
  list_.insert(list_.begin() + static_cast<std::ptrdiff_t>(at), channel);
  for (Position& position : by_peer_) {
    if (position >= at) ++position;
  }
  const size_t place = LowerBoundByPeer(channel.peer);
  by_peer_.insert(by_peer_.begin() + static_cast<std::ptrdiff_t>(place),
                  static_cast<Position>(at));
}

void ChannelList::ForgetExpired(net::Instant now) {
  const auto kept = std::remove_if(list_.begin(), list_.end(),
                                   [now](const Channel& c) { return c.end <= now; });
  if (kept == list_.end()) return;
  list_.erase(kept, list_.end());
  by_peer_.resize(list_.size());
  std::iota(by_peer_.begin(), by_peer_.end(), Position{0});
  std::sort(by_peer_.begin(), by_peer_.end(),
            [this](Position a, Position b) { return list_[a].peer < list_[b].peer; });
}

void ChannelList::Clear() {
  list_ = {};
  by_peer_ = {};
}

bool ChannelList::IsConsistent() const {
  if (by_peer_.size() != list_.size()) return false;
  for (size_t i = 0; i < list_.size(); ++i) {
    if (by_peer_[i] >= list_.size()) return false;
    if (i == 0) continue;
    if (list_[i - 1].number >= list_[i].number) return false;
    if (!(list_[by_peer_[i - 1]].peer < list_[by_peer_[i]].peer)) return false;
  }
  return true;
}

}  // namespace koeru::relay
