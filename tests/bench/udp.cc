#include "tests/bench/udp.h"

#include <arpa/inet.h>
#include <netinet/udp.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace koeru::bench {
namespace {

// The kernel cuts one send into at most 64 datagrams (128 since Linux 6.8), and it is one IP
// datagram for all but the last step.
constexpr size_t kMaxRunSegments = 64;
constexpr size_t kMaxRunBytes = 65000;

void SetOption(int fd, int level, int name, int value, const char* what) {
  if (setsockopt(fd, level, name, &value, sizeof(value)) != 0) {
    Die(std::string("cannot set ") + what);
  }
}

template <typename T>
void PutControl(msghdr& header, size_t& used, int level, int type, const T& value) {
  auto* control = reinterpret_cast<cmsghdr*>(static_cast<uint8_t*>(header.msg_control) + used);
  control->cmsg_level = level;
  control->cmsg_type = type;
  control->cmsg_len = CMSG_LEN(sizeof(T));
  std::memcpy(CMSG_DATA(control), &value, sizeof(T));
  used += CMSG_SPACE(sizeof(T));
}

}  // namespace

void Die(std::string_view sentence) {
  const int error = errno;
  std::fprintf(stderr, "bench: %.*s%s%s\n", static_cast<int>(sentence.size()), sentence.data(),
               error != 0 ? ": " : "", error != 0 ? std::strerror(error) : "");
  std::exit(1);
}

sockaddr_in MakeAddress(uint32_t host_order_address, uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(host_order_address);
  address.sin_port = htons(port);
  return address;
}

sockaddr_in ParseAddress(const std::string& text) {
  const size_t colon = text.rfind(':');
  in_addr address{};
  const int port = colon == std::string::npos ? -1 : std::atoi(text.c_str() + colon + 1);
  if (port < 0 || port > 65535 ||
      inet_pton(AF_INET, text.substr(0, colon).c_str(), &address) != 1) {
    errno = 0;
    Die("'" + text + "' is not an IPv4 address with a port, such as 127.0.0.1:3478");
  }
  return MakeAddress(ntohl(address.s_addr), static_cast<uint16_t>(port));
}

UdpSocket::UdpSocket(const sockaddr_in& local, const UdpOptions& options)
    : fd_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  if (fd_ < 0) Die("cannot open a UDP socket");
  if (options.gro) SetOption(fd_, SOL_UDP, UDP_GRO, 1, "UDP_GRO");
  if (options.pktinfo) SetOption(fd_, IPPROTO_IP, IP_PKTINFO, 1, "IP_PKTINFO");
  // The forced form may pass net.core.rmem_max, but needs a privilege; the plain one is capped.
  if (setsockopt(fd_, SOL_SOCKET, SO_RCVBUFFORCE, &options.receive_buffer, sizeof(int)) != 0) {
    SetOption(fd_, SOL_SOCKET, SO_RCVBUF, options.receive_buffer, "SO_RCVBUF");
  }
  if (bind(fd_, reinterpret_cast<const sockaddr*>(&local), sizeof(local)) != 0) {
    Die("cannot bind a UDP socket");
  }
}

UdpSocket::~UdpSocket() {
  if (fd_ >= 0) close(fd_);
}

sockaddr_in UdpSocket::local() const {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  if (getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) != 0) Die("getsockname");
  return address;
}

ReceiveBatch::ReceiveBatch(size_t capacity, size_t datagram_size)
    : datagram_size_(datagram_size),
      buffer_(capacity * datagram_size),
      headers_(capacity),
      iovecs_(capacity),
      names_(capacity),
      controls_(capacity),
      datagrams_(capacity) {
  for (size_t i = 0; i < capacity; ++i) {
    iovecs_[i] = {buffer_.data() + i * datagram_size, datagram_size};
    msghdr& header = headers_[i].msg_hdr;
    header.msg_name = &names_[i];
    header.msg_iov = &iovecs_[i];
    header.msg_iovlen = 1;
    header.msg_control = controls_[i].bytes;
  }
}

size_t ReceiveBatch::Receive(const UdpSocket& socket) {
  for (size_t i = size_; i < headers_.size(); ++i) {
    headers_[i].msg_hdr.msg_namelen = sizeof(sockaddr_in);
    headers_[i].msg_hdr.msg_controllen = sizeof(Control);
  }
  const int received =
      recvmmsg(socket.fd(), headers_.data() + size_, static_cast<unsigned>(headers_.size() - size_),
               MSG_DONTWAIT, nullptr);
  if (received < 0) {
    // An ICMP error of an earlier send is no reason to stop.
    if (errno == EAGAIN || errno == EINTR || errno == ECONNREFUSED) return 0;
    Die("cannot receive");
  }
  const size_t count = static_cast<size_t>(received);
  for (size_t i = 0; i < count; ++i) Read(size_ + i);
  size_ += count;
  return count;
}

void ReceiveBatch::Read(size_t i) {
  msghdr& header = headers_[i].msg_hdr;
  Datagram& datagram = datagrams_[i];
  datagram = {MutableBytes(buffer_).subspan(i * datagram_size_, headers_[i].msg_len), names_[i]};
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr; c = CMSG_NXTHDR(&header, c)) {
    if (c->cmsg_level == SOL_UDP && c->cmsg_type == UDP_GRO) {
      int size = 0;
      std::memcpy(&size, CMSG_DATA(c), sizeof(size));
      datagram.segment_size = static_cast<uint16_t>(size);
    } else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
      in_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(c), sizeof(info));
      datagram.local = ntohl(info.ipi_addr.s_addr);
    }
  }
}

SendBatch::SendBatch(size_t capacity, bool coalesce)
    : coalesce_(coalesce),
      headers_(capacity),
      iovecs_(capacity),
      names_(capacity),
      runs_(capacity),
      controls_(capacity) {
  for (size_t i = 0; i < capacity; ++i) {
    msghdr& header = headers_[i].msg_hdr;
    header.msg_name = &names_[i];
    header.msg_namelen = sizeof(sockaddr_in);
  }
}

size_t SendBatch::WriteControl(msghdr& header, const Extra& extra) {
  size_t used = 0;
  if (extra.from != 0) {
    in_pktinfo info{};
    info.ipi_spec_dst.s_addr = htonl(extra.from);
    PutControl(header, used, IPPROTO_IP, IP_PKTINFO, info);
  }
  if (extra.segment_size != 0) PutControl(header, used, SOL_UDP, UDP_SEGMENT, extra.segment_size);
  return used;
}

void SendBatch::Add(Bytes bytes, const sockaddr_in& to, const Extra& extra) {
  iovecs_[pieces_] = {const_cast<uint8_t*>(bytes.data()), bytes.size()};
  if (coalesce_ && Extend(bytes, to, extra)) return;
  const size_t i = size_++;
  names_[i] = to;
  const size_t segment_size = extra.segment_size == 0 ? bytes.size() : extra.segment_size;
  runs_[i] = {bytes.size(), segment_size, bytes.size() % segment_size != 0};
  msghdr& header = headers_[i].msg_hdr;
  header.msg_iov = &iovecs_[pieces_++];
  header.msg_iovlen = 1;
  header.msg_control = controls_[i].bytes;
  header.msg_controllen = WriteControl(header, extra);
  if (header.msg_controllen == 0) header.msg_control = nullptr;
}

// Puts the piece of memory behind the last message, when it continues that message's run.
bool SendBatch::Extend(Bytes bytes, const sockaddr_in& to, const Extra& extra) {
  if (size_ == 0) return false;
  Run& run = runs_[size_ - 1];
  const sockaddr_in& last = names_[size_ - 1];
  const bool fits = !run.closed && extra.segment_size == 0 && bytes.size() <= run.segment_size &&
                    run.bytes + bytes.size() <= kMaxRunBytes &&
                    run.bytes / run.segment_size < kMaxRunSegments &&
                    last.sin_port == to.sin_port && last.sin_addr.s_addr == to.sin_addr.s_addr;
  if (!fits) return false;
  run.closed = bytes.size() < run.segment_size;
  run.bytes += bytes.size();
  msghdr& header = headers_[size_ - 1].msg_hdr;
  ++header.msg_iovlen;
  ++pieces_;
  header.msg_control = controls_[size_ - 1].bytes;
  header.msg_controllen =
      WriteControl(header, {extra.from, static_cast<uint16_t>(run.segment_size)});
  return true;
}

size_t SendBatch::Flush(const UdpSocket& socket) {
  size_t refused = 0;
  for (size_t done = 0; done < size_;) {
    const int sent =
        sendmmsg(socket.fd(), headers_.data() + done, static_cast<unsigned>(size_ - done), 0);
    if (sent > 0) {
      done += static_cast<size_t>(sent);
    } else if (errno == EAGAIN) {
      pollfd wait{socket.fd(), POLLOUT, 0};
      poll(&wait, 1, 100);
    } else if (errno == ECONNREFUSED || errno == EPERM || errno == ENOBUFS) {
      ++refused;
      ++done;
    } else if (errno != EINTR) {
      Die("cannot send");
    }
  }
  size_ = 0;
  pieces_ = 0;
  return refused;
}

bool WaitReadable(const UdpSocket& socket, int timeout_ms) {
  pollfd wait{socket.fd(), POLLIN, 0};
  return poll(&wait, 1, timeout_ms) > 0;
}

}  // namespace koeru::bench
