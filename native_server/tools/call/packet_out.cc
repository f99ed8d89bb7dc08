#include "native_server/tools/call/packet_out.h"

#include <algorithm>

namespace koeru::tools {

void PacketOut::Add(int fd, const server::SocketAddress& to, Bytes header, Bytes datagram,
                    server::SegmentLimit* limit) {
  const size_t size = header.size() + datagram.size();
  if (size > kLargest) return;
  if (fd != fd_ || used_ == kSlots) Flush();
  fd_ = fd;
  queue_.set_fd(fd);
  const MutableBytes slot = MutableBytes(bytes_).subspan(used_++ * kLargest, size);
  std::copy(header.begin(), header.end(), slot.begin());
  std::copy(datagram.begin(), datagram.end(), slot.begin() + static_cast<long>(header.size()));
  queue_.Add(to, nullptr, {.header = {}, .payload = slot, .tail = {}}, limit);
}

void PacketOut::Flush() {
  queue_.Flush();
  used_ = 0;
}

}  // namespace koeru::tools
