#include "native_server/io/error_queue.h"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "native_server/io/socket_address.h"

namespace koeru::server {
namespace {

constexpr uint8_t kIcmp6PacketTooBig = 2;

void Fill(const sock_extended_err& error, ErrorReport& report) {
  if (error.ee_origin == SO_EE_ORIGIN_ICMP || error.ee_origin == SO_EE_ORIGIN_ICMP6) {
    report.is_icmp = true;
    report.type = error.ee_type;
    report.code = error.ee_code;
  } else if (error.ee_origin == SO_EE_ORIGIN_LOCAL && error.ee_errno == EMSGSIZE) {
    const bool v6 = report.peer.address.is_v6();
    report.is_icmp = true;
    report.type = v6 ? kIcmp6PacketTooBig : uint8_t{ICMP_DEST_UNREACH};
    report.code = v6 ? uint8_t{0} : uint8_t{ICMP_FRAG_NEEDED};
  }
  report.mtu = error.ee_info;
}

}  // namespace

bool ReadErrorQueue(int fd, ErrorReport& report) {
  report = {};
  SocketAddress to;
  // The datagram's beginning comes along, and is not needed. The control message is an error and
  // the address of who reported it.
  alignas(cmsghdr) std::array<char, 256> control;
  msghdr header{};
  header.msg_name = to.get();
  header.msg_namelen = SocketAddress::capacity();
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  if (::recvmsg(fd, &header, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return false;
  report.peer = to.ToEndpoint();
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr; c = CMSG_NXTHDR(&header, c)) {
    const bool is_error = (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
                          (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR);
    if (!is_error) continue;
    sock_extended_err error;
    std::memcpy(&error, CMSG_DATA(c), sizeof(error));
    Fill(error, report);
  }
  return true;
}

}  // namespace koeru::server
