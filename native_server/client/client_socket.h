#pragma once

// What the links do with their sockets. All calls keep to a time, and none throws.

#include "native_server/client/client_link.h"
#include "native_server/io/unique_fd.h"

namespace koeru::server {

class ClientSocket {
 public:
  // Connects; a datagram socket is connected, too, so that ICMP errors come back.
  static LinkStatus Connect(const LinkOptions& options, ClientSocket& socket);

  int fd() const { return fd_.get(); }
  // All of it, or one datagram.
  LinkStatus Send(Bytes bytes) const;
  // `size` 0: nothing is there.
  LinkStatus Receive(MutableBytes into, size_t& size) const;
  // kSilent when nothing comes in time.
  LinkStatus WaitReadable(net::Instant deadline) const;

 private:
  UniqueFd fd_;
  bool is_stream_ = false;
  net::Duration timeout_{};
};

// False when nothing of `events` (POLLIN, POLLOUT) happened before the deadline.
bool WaitFor(int fd, short events, net::Instant deadline);

}  // namespace koeru::server
