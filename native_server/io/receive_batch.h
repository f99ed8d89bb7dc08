#pragma once

// Receives datagrams in batches, each into a buffer with room in front and behind, so that a
// header is written in place and the payload is never copied.
//
//   ReceiveBatch batch;
//   size_t got = batch.Receive(fd, 64);
//   for (const Received& r : batch.Last(got)) ...   // valid until Clear()
//   batch.Clear();
//
// With UDP_GRO one entry may be a run of datagrams from one sender: all of segment_size bytes, the
// last one possibly shorter.

#include <sys/socket.h>

#include <array>
#include <memory>
#include <span>

#include "core/bytes/reader.h"
#include "native_server/io/socket_address.h"

namespace koeru::server {

struct Received {
  uint8_t* data = nullptr;
  size_t size = 0;
  size_t segment_size = 0;  // equal to size when it is one datagram
  SocketAddress from;
  // Where it was sent to; set on wildcard sockets only (see OpenListener).
  net::Address to;
  bool has_to = false;
};

class ReceiveBatch {
 public:
  // One recvmmsg at most; also the most datagrams (or runs) held at a time.
  static constexpr size_t kBuffers = 64;
  // In front of each: a Data indication's header with an IPv6 peer is 20 + 4 + 20 + 4 = 48 bytes.
  static constexpr size_t kHeadroom = 64;
  // Behind each: up to 3 bytes of padding.
  static constexpr size_t kTailroom = 64;
  static constexpr size_t kDatagram = 65536;  // a run of datagrams is bounded by IP's 64 KB
  // 26 cache lines more than needed: starts of buffers at multiples of 64 KB would all compete for
  // the same sets of the processor's caches.
  static constexpr size_t kStride = kHeadroom + kDatagram + kTailroom + 26 * 64;

  ReceiveBatch();

  // Up to `limit` entries behind those that are held. 0: nothing there (or an error, which for
  // UDP concerns one datagram only and is over).
  size_t Receive(int fd, size_t limit);

  size_t room() const { return kBuffers - used_; }
  // Bytes that are held: what a flush will read again, and better finds in the processor's cache.
  size_t held() const { return held_; }
  // The newest `count` entries.
  std::span<Received> Last(size_t count) { return {&received_[used_ - count], count}; }
  // Gives all buffers back. Nothing may refer to them any more.
  void Clear() { used_ = held_ = 0; }

 private:
  // struct in6_pktinfo (20) and an int, each with a header of 16, aligned to 8.
  static constexpr size_t kControl = 64;
  struct alignas(cmsghdr) Control {
    std::array<char, kControl> bytes;
  };

  void Prepare(size_t i);
  void Finish(size_t i);

  struct Unmap {
    void operator()(uint8_t* memory) const;
  };
  // 64 * 67328 = 4.1 MB of address space; only pages that were written to count.
  std::unique_ptr<uint8_t, Unmap> memory_;
  size_t used_ = 0;
  size_t held_ = 0;
  std::array<Received, kBuffers> received_;
  std::array<mmsghdr, kBuffers> messages_{};
  std::array<iovec, kBuffers> iovecs_{};
  std::array<Control, kBuffers> controls_{};
};

}  // namespace koeru::server
