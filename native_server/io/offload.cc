#include "native_server/io/offload.h"

#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include "native_server/io/unique_fd.h"

namespace koeru::server {

Offload DetectOffload() {
  const UniqueFd probe(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  const int segment = 1200;
  Offload offload;
  offload.gro = ::setsockopt(probe.get(), SOL_UDP, UDP_GRO, &on, sizeof(on)) == 0;
  offload.gso = ::setsockopt(probe.get(), SOL_UDP, UDP_SEGMENT, &segment, sizeof(segment)) == 0;
  return offload;
}

}  // namespace koeru::server
