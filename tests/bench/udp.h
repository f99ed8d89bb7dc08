#pragma once

// UDP in batches, for the programs of the benchmark: recvmmsg and sendmmsg, with the control
// messages they need (UDP_GRO, UDP_SEGMENT, IP_PKTINFO). IPv4 only: the world is 127.0.0.0/8.
//
//   UdpSocket socket(LoopbackAny(), {.gro = true});
//   ReceiveBatch in(64, 65535);
//   in.Receive(socket);
//   for (size_t i = 0; i < in.size(); ++i) Use(in[i].bytes, in[i].from);
//   in.Clear();
//   SendBatch out(64);
//   out.Add(bytes, to);
//   out.Flush(socket);
//
// A system call that fails ends the program with a sentence: a benchmark has nothing to rescue.

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::bench {

// Prints the sentence (and errno's, when set) and exits with 1.
[[noreturn]] void Die(std::string_view sentence);

sockaddr_in MakeAddress(uint32_t host_order_address, uint16_t port);
// "127.0.0.1:3478"; anything else ends the program.
sockaddr_in ParseAddress(const std::string& text);

struct UdpOptions {
  bool gro = false;      // deliver runs of equal datagrams as one (UDP_GRO)
  bool pktinfo = false;  // tell and choose the local address of each datagram
  int receive_buffer = 32 << 20;
};

class UdpSocket {
 public:
  UdpSocket(const sockaddr_in& local, const UdpOptions& options);
  UdpSocket(UdpSocket&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  UdpSocket& operator=(UdpSocket&&) = delete;
  ~UdpSocket();

  int fd() const { return fd_; }
  sockaddr_in local() const;

 private:
  int fd_;
};

struct Datagram {
  MutableBytes bytes;
  sockaddr_in from{};
  uint32_t local = 0;         // with pktinfo: the address it was sent to, host order
  uint16_t segment_size = 0;  // with gro: size of each datagram in it; 0: it is one

  size_t count() const {
    return segment_size == 0 ? 1 : (bytes.size() + segment_size - 1) / segment_size;
  }
};

class ReceiveBatch {
 public:
  ReceiveBatch(size_t capacity, size_t datagram_size);

  // Appends what is there, as far as it fits, without waiting; returns how many came.
  size_t Receive(const UdpSocket& socket);
  const Datagram& operator[](size_t i) const { return datagrams_[i]; }
  size_t size() const { return size_; }
  bool full() const { return size_ == headers_.size(); }
  void Clear() { size_ = 0; }

 private:
  struct alignas(cmsghdr) Control {
    uint8_t bytes[128];
  };
  void Read(size_t i);

  size_t datagram_size_;
  size_t size_ = 0;
  std::vector<uint8_t> buffer_;
  std::vector<mmsghdr> headers_;
  std::vector<iovec> iovecs_;
  std::vector<sockaddr_in> names_;
  std::vector<Control> controls_;
  std::vector<Datagram> datagrams_;
};

class SendBatch {
 public:
  // With `coalesce`, datagrams of one size that follow each other to one destination become one
  // send (UDP_SEGMENT).
  explicit SendBatch(size_t capacity, bool coalesce = false);

  struct Extra {
    uint32_t from = 0;          // local address, host order; 0: the socket's
    uint16_t segment_size = 0;  // cut into datagrams of this size (UDP_SEGMENT); 0: do not
  };
  // The bytes must live until Flush.
  void Add(Bytes bytes, const sockaddr_in& to, const Extra& extra = {0, 0});
  bool full() const { return pieces_ == iovecs_.size(); }
  bool empty() const { return size_ == 0; }
  // Sends all; waits when the socket's buffer is full. Returns the messages the kernel refused
  // (a closed port answered earlier, for example).
  size_t Flush(const UdpSocket& socket);

 private:
  struct alignas(cmsghdr) Control {
    uint8_t bytes[128];
  };
  struct Run {
    size_t bytes = 0;
    size_t segment_size = 0;
    bool closed = false;  // the last datagram was shorter: nothing may follow it
  };
  bool Extend(Bytes bytes, const sockaddr_in& to, const Extra& extra);
  static size_t WriteControl(msghdr& header, const Extra& extra);

  bool coalesce_;
  size_t size_ = 0;    // messages
  size_t pieces_ = 0;  // pieces of memory they are gathered from
  std::vector<mmsghdr> headers_;
  std::vector<iovec> iovecs_;
  std::vector<sockaddr_in> names_;
  std::vector<Run> runs_;
  std::vector<Control> controls_;
};

// Waits until the socket has something to read; false after `timeout_ms`.
bool WaitReadable(const UdpSocket& socket, int timeout_ms);

}  // namespace koeru::bench
