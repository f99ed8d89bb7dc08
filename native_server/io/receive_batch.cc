#include "native_server/io/receive_batch.h"

#include <netinet/udp.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace koeru::server {
namespace {

constexpr size_t kMemory = ReceiveBatch::kBuffers * ReceiveBatch::kStride;

uint8_t* Map() {
  void* memory =
      ::mmap(nullptr, kMemory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return static_cast<uint8_t*>(memory);
}

}  // namespace

void ReceiveBatch::Unmap::operator()(uint8_t* memory) const { ::munmap(memory, kMemory); }

ReceiveBatch::ReceiveBatch() : memory_(Map()) {
  for (size_t i = 0; i < kBuffers; ++i) {
    received_[i].data = memory_.get() + i * kStride + kHeadroom;
    iovecs_[i] = {received_[i].data, kDatagram};
    messages_[i].msg_hdr.msg_iov = &iovecs_[i];
    messages_[i].msg_hdr.msg_iovlen = 1;
    messages_[i].msg_hdr.msg_name = received_[i].from.get();
    messages_[i].msg_hdr.msg_control = controls_[i].bytes.data();
    Prepare(i);
  }
}

void ReceiveBatch::Prepare(size_t i) {
  messages_[i].msg_hdr.msg_namelen = SocketAddress::capacity();
  messages_[i].msg_hdr.msg_controllen = kControl;
}

size_t ReceiveBatch::Receive(int fd, size_t limit) {
  const size_t want = std::min(limit, room());
  if (want == 0) return 0;
  const int got = ::recvmmsg(fd, &messages_[used_], static_cast<unsigned>(want), MSG_DONTWAIT,
                             nullptr);
  if (got <= 0) return 0;
  for (size_t i = used_; i < used_ + static_cast<size_t>(got); ++i) Finish(i);
  used_ += static_cast<size_t>(got);
  return static_cast<size_t>(got);
}

// Reads what the kernel wrote beside the payload, and readies the header for its next use.
void ReceiveBatch::Finish(size_t i) {
  Received& received = received_[i];
  received.size = messages_[i].msg_len;
  held_ += received.size;
  received.segment_size = received.size;
  received.has_to = false;
  msghdr& header = messages_[i].msg_hdr;
  if (header.msg_controllen > 0) {
    for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr; c = CMSG_NXTHDR(&header, c)) {
      if (c->cmsg_level == SOL_UDP && c->cmsg_type == UDP_GRO) {
        int segment = 0;
        std::memcpy(&segment, CMSG_DATA(c), sizeof(segment));
        if (segment > 0) received.segment_size = static_cast<size_t>(segment);
      } else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
        in_pktinfo info;
        std::memcpy(&info, CMSG_DATA(c), sizeof(info));
        received.to = net::Address::FromBytes(
            {reinterpret_cast<const uint8_t*>(&info.ipi_addr), size_t{4}});
        received.has_to = true;
      } else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
        in6_pktinfo info;
        std::memcpy(&info, CMSG_DATA(c), sizeof(info));
        received.to = net::Address::FromBytes(
            {reinterpret_cast<const uint8_t*>(&info.ipi6_addr), size_t{16}});
        received.has_to = true;
      }
    }
  }
  Prepare(i);
}

}  // namespace koeru::server
