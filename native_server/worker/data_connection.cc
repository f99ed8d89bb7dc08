#include "native_server/worker/data_connection.h"

#include <sys/epoll.h>

#include <utility>

#include "native_server/io/tcp_socket.h"

namespace koeru::server {

void DataConnection::Join(DataEnd client, Bytes first, std::shared_ptr<const void> place) {
  stage_ = Stage::kJoined;
  ends_[kClient] = std::move(client);
  pipes_[kClient].waiting.assign(first.begin(), first.end());
  place_ = std::move(place);
}

// What is not taken waits.
bool DataConnection::Deliver(DataEnd& to, Pipe& pipe, Bytes bytes) {
  size_t taken = 0;
  if (!to.Write(bytes, taken)) return false;
  if (taken < bytes.size()) {
    pipe.waiting.assign(bytes.begin() + static_cast<std::ptrdiff_t>(taken), bytes.end());
    pipe.taken = 0;
  }
  return true;
}

DataConnection::Result DataConnection::MoveTo(Side side, MutableBytes scratch, size_t most,
                                              net::Instant now, size_t& moved) {
  Pipe& pipe = pipes_[side];
  DataEnd& to = ends_[side];
  DataEnd& from = ends_[side == kPeer ? kClient : kPeer];
  moved = 0;
  if (pipe.is_closed) return Result::kWaits;
  while (true) {
    // 1. What waits goes first.
    if (!to.Flush()) return Result::kBroken;
    if (!pipe.waiting.empty()) {
      size_t taken = 0;
      if (!to.Write(Bytes(pipe.waiting).subspan(pipe.taken), taken)) return Result::kBroken;
      pipe.taken += taken;
      if (pipe.taken < pipe.waiting.size()) return Result::kWaits;
      pipe.waiting = {};
      pipe.taken = 0;
    }
    if (to.is_blocked()) return Result::kWaits;
    // 2. The end, once everything before it is gone.
    if (pipe.has_ended) {
      if (!to.EndOutput()) return Result::kBroken;
      pipe.is_closed = !to.is_blocked();
      return Result::kWaits;
    }
    // 3. More.
    if (now < pipe.paused_until) return Result::kWaits;
    if (moved >= most) return Result::kMore;
    size_t size = 0;
    switch (from.Read(scratch, size)) {
      case DataEnd::Input::kNothing:
        return Result::kWaits;
      case DataEnd::Input::kBroken:
        return Result::kBroken;
      case DataEnd::Input::kEnded:
        pipe.has_ended = true;
        break;
      case DataEnd::Input::kBytes:
        moved += size;
        if (!Deliver(to, pipe, scratch.first(size))) return Result::kBroken;
        break;
    }
  }
}

void DataConnection::Abort() {
  for (const DataEnd& end : ends_) {
    if (end.fd() >= 0) AbortOnClose(end.fd());
  }
}

uint32_t DataConnection::EventsOf(Side side, net::Instant now) const {
  if (stage_ == Stage::kConnecting) return side == kPeer ? uint32_t{EPOLLOUT} : 0;
  // What a peer says before somebody listens is held by the kernel.
  if (stage_ == Stage::kUnbound) return 0;
  const Pipe& in = pipes_[side == kPeer ? kClient : kPeer];
  const Pipe& out = pipes_[side];
  const DataEnd& other = ends_[side == kPeer ? kClient : kPeer];
  uint32_t events = 0;
  if (!in.has_ended && in.waiting.empty() && !other.is_blocked() && now >= in.paused_until) {
    events |= EPOLLIN;
  }
  if (!out.is_closed && (!out.waiting.empty() || ends_[side].is_blocked())) events |= EPOLLOUT;
  return events;
}

}  // namespace koeru::server
