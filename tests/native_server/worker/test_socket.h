#pragma once

// A UDP socket for tests, and what is sent through it.

#include <optional>
#include <vector>

#include "core/net/address.h"
#include "native_server/io/unique_fd.h"

namespace koeru::server {

using Payload = std::vector<uint8_t>;

// `size` bytes that differ for each `seed`.
Payload MakePayload(size_t size, uint32_t seed);

class TestSocket {
 public:
  explicit TestSocket(const net::Endpoint& local);

  net::Endpoint local() const;
  void Send(const net::Endpoint& to, Bytes datagram);
  // One system call with UDP_SEGMENT: datagrams of `segment` bytes, the last may be shorter.
  void SendRun(const net::Endpoint& to, Bytes datagrams, size_t segment);

  struct Datagram {
    net::Endpoint from;
    Payload bytes;
  };
  // nullopt when nothing comes within the time.
  std::optional<Datagram> Receive(int timeout_ms = 3000);

 private:
  UniqueFd fd_;
};

}  // namespace koeru::server
