#include "native_server/io/error_queue.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <vector>

#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"
#include "tests/native_server/io/own_network.h"

namespace koeru::server {
namespace {

class ErrorQueueOfFamily : public ::testing::TestWithParam<std::string_view> {
 protected:
  ErrorQueueOfFamily()
      : address_(*net::Address::Parse(GetParam())),
        socket_(OpenRelaySocketFd({address_, 0}, {})),
        // A port that was just closed answers with "port unreachable".
        closed_(LocalEndpointOf(OpenRelaySocketFd({address_, 0}, {}).get())) {}

  ssize_t Send(size_t size) {
    const SocketAddress to(closed_);
    const std::vector<uint8_t> datagram(size);
    return ::sendto(socket_.get(), datagram.data(), size, 0, to.get(), to.size());
  }
  ErrorReport Read() {
    pollfd poll{.fd = socket_.get(), .events = POLLERR, .revents = 0};
    ::poll(&poll, 1, 1000);
    ErrorReport report;
    EXPECT_TRUE(ReadErrorQueue(socket_.get(), report));
    return report;
  }

  net::Address address_;
  UniqueFd socket_;
  net::Endpoint closed_;
};

TEST_P(ErrorQueueOfFamily, TellsWhichPeersPortIsUnreachable) {
  ErrorReport report;
  EXPECT_FALSE(ReadErrorQueue(socket_.get(), report));
  ASSERT_EQ(Send(5), 5);
  report = Read();
  EXPECT_TRUE(report.is_icmp);
  EXPECT_EQ(report.peer, closed_);
  EXPECT_EQ(report.type, address_.is_v6() ? 1 : 3);
  EXPECT_EQ(report.code, address_.is_v6() ? 4 : 3);
  EXPECT_FALSE(ReadErrorQueue(socket_.get(), report)) << "there was one";
}

// Loopback's usual MTU is more than a datagram can have.
TEST_P(ErrorQueueOfFamily, TellsTheMtuWhenADatagramMustNotBeFragmented) {
  InNetworkOfMtu(1400, [&] {
    socket_ = OpenRelaySocketFd({address_, 0}, {});
    ASSERT_TRUE(SetDontFragment(socket_.get(), address_.family(), true));
    EXPECT_EQ(Send(2000), -1);
    const ErrorReport report = Read();
    EXPECT_TRUE(report.is_icmp);
    EXPECT_EQ(report.peer.address, address_);
    EXPECT_TRUE(report.peer == closed_ || report.peer.port == 0) << report.peer.ToString();
    EXPECT_EQ(report.type, address_.is_v6() ? 2 : 3);
    EXPECT_EQ(report.code, address_.is_v6() ? 0 : 4);
    EXPECT_EQ(report.mtu, 1400u);
  });
}

INSTANTIATE_TEST_SUITE_P(Loopback, ErrorQueueOfFamily, ::testing::Values("127.0.0.1", "::1"));

}  // namespace
}  // namespace koeru::server
