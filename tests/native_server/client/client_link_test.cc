// What a link says of ports that do not answer as they should. What it does with those that do is
// in turn_session_test.cc.

#include "native_server/client/client_link.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "native_server/client/client_socket.h"
#include "native_server/io/clock.h"
#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"
#include "tests/native_server/free_port.h"

namespace koeru::server {
namespace {

using net::Transport;

const net::Address kLoopback = net::Address::V4(127, 0, 0, 1);

LinkOptions OptionsFor(Transport transport, uint16_t port) {
  LinkOptions options;
  options.transport = transport;
  options.server = {kLoopback, port};
  options.timeout = std::chrono::milliseconds(300);
  if (transport == Transport::kTls || transport == Transport::kDtls) {
    TlsClientOptions tls;
    tls.datagram = transport == Transport::kDtls;
    options.tls = *TlsContext::ForClient(tls);
  }
  return options;
}

TEST(ClientLinkTest, APortThatNobodyListensOnIsRefused) {
  const uint16_t port = FreePort();
  EXPECT_EQ(ClientLink::Open(OptionsFor(Transport::kTcp, port)).status.trouble, Trouble::kRefused);
  EXPECT_EQ(ClientLink::Open(OptionsFor(Transport::kDtls, port)).status.trouble, Trouble::kRefused);
  // Over UDP that shows when the first datagram was sent.
  const OpenedLink udp = ClientLink::Open(OptionsFor(Transport::kUdp, port));
  ASSERT_TRUE(udp.status.ok());
  const std::vector<uint8_t> message(20);
  ASSERT_TRUE(udp.link->Send(message).ok());
  ASSERT_TRUE(WaitFor(udp.link->fd(), 1, Now() + std::chrono::seconds(10)));
  EXPECT_EQ(udp.link->Receive([](Bytes) {}).trouble, Trouble::kRefused);
}

TEST(ClientLinkTest, ASilentPortIsGivenUpAfterTheTime) {
  const UniqueFd silent = OpenRelaySocketFd({kLoopback, 0}, {});
  const uint16_t port = LocalEndpointOf(silent.get()).port;
  EXPECT_EQ(ClientLink::Open(OptionsFor(Transport::kDtls, port)).status.trouble, Trouble::kSilent);
  // A TCP port whose program never says anything.
  const UniqueFd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const SocketAddress any({kLoopback, 0});
  ASSERT_EQ(::bind(listener.get(), any.get(), any.size()), 0);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  EXPECT_EQ(ClientLink::Open(OptionsFor(Transport::kTls, LocalEndpointOf(listener.get()).port))
                .status.trouble,
            Trouble::kSilent);
}

TEST(ClientLinkTest, ErrnoIsToldApart) {
  EXPECT_EQ(LinkStatus::OfErrno(ENETUNREACH).trouble, Trouble::kNoRoute);
  EXPECT_EQ(LinkStatus::OfErrno(EMSGSIZE).trouble, Trouble::kTooLarge);
  EXPECT_EQ(LinkStatus::OfErrno(ECONNRESET).trouble, Trouble::kClosed);
  EXPECT_EQ(LinkStatus::OfErrno(EPERM).trouble, Trouble::kOther);
  EXPECT_FALSE(LinkStatus::OfErrno(EPERM).text.empty());
}

}  // namespace
}  // namespace koeru::server
