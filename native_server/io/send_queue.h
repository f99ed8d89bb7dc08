#pragma once

// Datagrams waiting to leave through one socket, in order. Two things make it cheap:
//
//  - sendmmsg: many datagrams in one system call;
//  - UDP_SEGMENT: neighbours with the same destination and size become one send, which walks
//    through the network stack once and is cut into datagrams at its end. What is on the wire is
//    the same.
//
// Nothing is copied: header, payload and tail are gathered by the kernel, so what Add() is given
// must stay until Flush().

#include <sys/socket.h>

#include <array>
#include <utility>

#include "core/bytes/reader.h"
#include "native_server/io/counter.h"
#include "native_server/io/socket_address.h"

namespace koeru::server {

struct SendCounters {
  Counter calls;   // system calls
  Counter failed;  // datagrams the kernel did not take
};

// One datagram: header, payload and tail behind each other; header and tail may be empty.
struct Outgoing {
  Bytes header;
  Bytes payload;
  Bytes tail;
  size_t size() const { return header.size() + payload.size() + tail.size(); }
};

// Datagrams of one flow and size whose payloads lie `stride` bytes apart, each to be sent behind
// the same header (which may be empty).
struct OutgoingRun {
  Bytes header;
  Bytes first;  // payload of the first
  size_t stride = 0;
  size_t count = 1;
  size_t datagram_size() const { return header.size() + first.size(); }
};

// The largest datagram of a flow that may be sent as part of a run; shared by all datagrams of
// the flow, and lowered when the kernel refuses (a path with a small MTU, an interface without
// checksum offload). 0: never.
using SegmentLimit = uint16_t;
inline constexpr SegmentLimit kNoSegmentLimit = 0xFFFF;

class SendQueue {
 public:
  static constexpr size_t kMessages = 64;
  // The kernel's UDP_MAX_SEGMENTS of old, and what UDP_GRO delivers at most.
  static constexpr size_t kSegments = 64;
  // A full run needs 3 * 64 of them; the kernel takes 1024 in one message.
  static constexpr size_t kIovecs = 1024;
  // IP's 65535 minus headers, and some way from it.
  static constexpr size_t kRunBytes = 65000;

  SendQueue(int fd, SendCounters& counters) : fd_(fd), counters_(&counters) {}

  // For a queue that serves many sockets in turn; flush before.
  void set_fd(int fd) { fd_ = fd; }

  // `source`: the local address to send from, on wildcard sockets; else null. It is copied.
  // `limit`: null when the datagram must not be part of a run; else it must outlive Flush().
  void Add(const SocketAddress& to, const net::Address* source, const Outgoing& datagram,
           SegmentLimit* limit);

  // The same for many; what one datagram of them may, all may.
  void AddRun(const SocketAddress& to, const net::Address* source, const OutgoingRun& run,
              SegmentLimit* limit);

  // Sends everything. What the kernel does not take is dropped and counted: a relay that waits
  // would delay every other flow.
  void Flush();

  bool empty() const { return count_ == 0; }

  // Once: the port of the newest destination for which a datagram was larger than its path takes,
  // and was not sent because it must not be fragmented; 0: none.
  uint16_t TakeTooLargePort() { return std::exchange(too_large_port_, uint16_t{0}); }

 private:
  struct Message {
    SocketAddress to;
    net::Address source;
    bool has_source = false;
    bool complete = false;  // ends in a shorter datagram: nothing may follow it
    size_t first_iovec = 0;
    size_t iovecs = 0;
    size_t segments = 0;
    size_t segment_size = 0;
    size_t size = 0;
    SegmentLimit* limit = nullptr;
  };
  // struct in6_pktinfo (20) and a uint16_t, each with a header of 16, aligned to 8.
  static constexpr size_t kControl = 64;
  struct alignas(cmsghdr) Control {
    std::array<char, kControl> bytes;
  };

  bool Joins(const Message& last, const SocketAddress& to, const net::Address* source, size_t size,
             const SegmentLimit* limit) const;
  void Append(Message& message, const Outgoing& datagram);
  size_t AppendRun(Message& message, const OutgoingRun& run, size_t next);
  void FillHeader(const Message& message, bool as_run, msghdr& header, Control& control);
  bool SendOnlyOne();
  void OnRefused(Message& message, int error);
  void CountFailure(const Message& message, int error);
  void SendSegmentsSingly(const Message& message);

  int fd_;
  SendCounters* counters_;
  size_t count_ = 0;
  size_t iovec_count_ = 0;
  uint16_t too_large_port_ = 0;
  std::array<Message, kMessages> messages_;
  std::array<iovec, kIovecs> iovecs_{};
  std::array<mmsghdr, kMessages> headers_{};
  std::array<Control, kMessages> controls_{};
};

}  // namespace koeru::server
