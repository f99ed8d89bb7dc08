#pragma once

// What calls send over UDP, gathered until Flush(): one system call for all that a call sends in a
// turn, and one walk through the network stack for packets of one size (SendQueue).
//
//   PacketOut out;
//   out.Add(fd, to, header, datagram, &limit);      // copied
//   out.Flush();
//
// `limit` must outlive the Flush().

#include <vector>

#include "native_server/io/send_queue.h"

namespace koeru::tools {

class PacketOut {
 public:
  // Of a datagram with its header.
  static constexpr size_t kLargest = 1700;

  PacketOut() : bytes_(kSlots * kLargest), queue_(-1, counters_) {}

  // Larger ones are dropped.
  void Add(int fd, const server::SocketAddress& to, Bytes header, Bytes datagram,
           server::SegmentLimit* limit);
  void Flush();

  // What the kernel did not take.
  uint64_t failed() const { return counters_.failed.Get(); }

 private:
  // A frame of 2 Mbit/s has 8 packets.
  static constexpr size_t kSlots = 256;

  std::vector<uint8_t> bytes_;
  size_t used_ = 0;
  int fd_ = -1;
  server::SendCounters counters_;
  server::SendQueue queue_;
};

}  // namespace koeru::tools
