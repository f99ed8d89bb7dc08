#include "native_server/worker/relay_sockets.h"

#include <sys/epoll.h>
#include <unistd.h>

#include "native_server/io/tcp_socket.h"

namespace koeru::server {

RelaySockets::~RelaySockets() {
  for (const RelaySocket& socket : by_slot_) {
    if (socket.fd >= 0) ::close(socket.fd);
  }
}

bool RelaySockets::Open(const relay::OpenRelaySocket& action, net::Instant now) {
  const relay::AllocationHandle allocation = action.allocation;
  UniqueFd fd = action.tcp ? ListenTcp(action.local, options_.device)
                           : OpenRelaySocketFd(action.local, options_);
  if (!fd.is_open()) return false;
  // Edge-triggered: the worker reads until nothing is left, or remembers that something is.
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;
  event.data.u64 = uint64_t{allocation.slot} << 32 | allocation.generation;
  if (::epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, fd.get(), &event) != 0) return false;
  if (by_slot_.size() <= allocation.slot) by_slot_.resize(allocation.slot + size_t{1});
  RelaySocket& socket = by_slot_[allocation.slot];
  if (socket.fd >= 0) ::close(socket.fd);
  socket = RelaySocket();
  socket.fd = fd.Release();
  socket.allocation = allocation;
  socket.local = action.local;
  socket.tcp = action.tcp;
  socket.opened = now;
  return true;
}

void RelaySockets::Close(relay::AllocationHandle allocation) {
  RelaySocket* socket = Find(allocation);
  if (socket == nullptr) return;
  if (IsUsed(*socket)) {
    counters_.used_allocations.Subtract(1);
  } else if (socket->listener != nullptr) {
    counters_.never_used.Add(1);
  }
  ::close(socket->fd);  // takes it out of epoll, too
  socket->fd = -1;
  socket->user = nullptr;
}

RelaySocket* RelaySockets::Find(relay::AllocationHandle allocation) {
  if (allocation.slot >= by_slot_.size()) return nullptr;
  RelaySocket& socket = by_slot_[allocation.slot];
  return socket.fd >= 0 && socket.allocation.generation == allocation.generation ? &socket
                                                                                 : nullptr;
}

}  // namespace koeru::server
