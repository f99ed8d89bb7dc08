#include "native_server/io/udp_socket.h"

#include <gtest/gtest.h>

#include "native_server/io/interfaces.h"
#include "native_server/io/random.h"
#include "native_server/io/socket_address.h"

#include <algorithm>
#include <set>

namespace koeru::server {
namespace {

const net::Address kLoopback = net::Address::V4(127, 0, 0, 1);

TEST(SocketAddress, IsTheSameEndpointBack) {
  for (const char* text : {"192.0.2.1:3478", "0.0.0.0:0", "[2001:db8::1]:65535", "[::]:1"}) {
    const net::Endpoint endpoint = *net::Endpoint::Parse(text);
    EXPECT_EQ(SocketAddress(endpoint).ToEndpoint(), endpoint) << text;
    EXPECT_EQ(SocketAddress(endpoint), SocketAddress(endpoint));
  }
  EXPECT_FALSE(SocketAddress(*net::Endpoint::Parse("1.2.3.4:5")) ==
               SocketAddress(*net::Endpoint::Parse("1.2.3.4:6")));
  EXPECT_FALSE(SocketAddress(*net::Endpoint::Parse("0.0.0.0:5")) ==
               SocketAddress(*net::Endpoint::Parse("[::]:5")));
}

TEST(Listener, SeveralShareAPortAndStrangersAreFound) {
  const auto first = OpenListener({kLoopback, 0}, {});
  ASSERT_TRUE(first.ok()) << first.status();
  const net::Endpoint local = LocalEndpointOf(first->get());
  EXPECT_TRUE(OpenListener(local, {}).ok());
  const absl::Status taken = CheckPortIsFree(local);
  EXPECT_EQ(taken.message(), "cannot listen on UDP " + local.ToString() +
                                 ": Address already in use");
  EXPECT_FALSE(CheckPortIsFree({net::Address::Any(net::Family::kIpv4), local.port}).ok());
}

TEST(Listener, AddressOfAnotherMachineIsAnErrorThatNamesIt) {
  const auto socket = OpenListener({net::Address::V4(192, 0, 2, 77), 3478}, {});
  ASSERT_FALSE(socket.ok());
  EXPECT_NE(socket.status().message().find("192.0.2.77:3478"), std::string::npos);
}

TEST(RelaySocketFd, TellsThatAPortIsTaken) {
  const UniqueFd first = OpenRelaySocketFd({kLoopback, 0}, {});
  ASSERT_TRUE(first.is_open());
  const UniqueFd second = OpenRelaySocketFd(LocalEndpointOf(first.get()), {});
  EXPECT_FALSE(second.is_open());
  EXPECT_EQ(errno, EADDRINUSE);
}

TEST(RelaySocketFd, DontFragmentFollowsTheOption) {
  for (const char* text : {"127.0.0.1", "::1"}) {
    const net::Address address = *net::Address::Parse(text);
    const UniqueFd socket = OpenRelaySocketFd({address, 0}, {});
    ASSERT_TRUE(socket.is_open());
    EXPECT_TRUE(SetDontFragment(socket.get(), address.family(), true));
    EXPECT_TRUE(SetDontFragment(socket.get(), address.family(), false));
  }
}

TEST(Interfaces, HaveLoopback) {
  const auto addresses = InterfaceAddresses();
  EXPECT_NE(std::find(addresses.begin(), addresses.end(), kLoopback), addresses.end());
}

TEST(SystemRandomTest, DrawsDiffer) {
  SystemRandom random;
  std::set<std::array<uint8_t, 12>> seen;
  for (int i = 0; i < 1000; ++i) {
    std::array<uint8_t, 12> bytes{};
    random.Fill(bytes);
    EXPECT_TRUE(seen.insert(bytes).second);
  }
  std::vector<uint8_t> large(100'000);
  random.Fill(large);
  EXPECT_GT(std::count_if(large.begin(), large.end(), [](uint8_t b) { return b != 0; }), 90'000);
}

}  // namespace
}  // namespace koeru::server
