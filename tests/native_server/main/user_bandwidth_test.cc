// user-max-bps: what all allocations of a user carry together, over two workers.

#include <gmock/gmock.h>

#include <chrono>

#include "tests/native_server/main/program.h"
#include "tests/native_server/main/user_client.h"

namespace koeru::server {
namespace {

size_t CountArriving(TestSocket& at) {
  size_t count = 0;
  while (at.Receive(300)) ++count;
  return count;
}

TEST(UserBandwidth, AllAllocationsOfAUserShareOneLimitAndOthersAreLeftAlone) {
  const uint16_t port = FreePort();
  Program relay({"--listening-ip=127.0.0.1", "--listening-port=" + std::to_string(port), "--no-tls",
                 "--no-tcp", "--realm=r", "--user=anna:secret", "--user=otto:secret",
                 "--allow-loopback-peers", "--relay-threads=2", "--user-max-bps=100000"});
  ASSERT_TRUE(relay.WaitFor("ready\n")) << relay.printed();

  TestSocket of_anna({net::Address::V4(127, 0, 0, 1), 0});
  TestSocket of_otto({net::Address::V4(127, 0, 0, 1), 0});
  constexpr int kAnnas = 4;
  std::vector<std::unique_ptr<UserClient>> annas;
  for (int i = 0; i < kAnnas; ++i) {
    annas.push_back(std::make_unique<UserClient>(port, "anna", "secret"));
    ASSERT_EQ(annas.back()->Allocate(), 0);
    ASSERT_EQ(annas.back()->Bind(0x4000, of_anna.local()), 0);
  }
  UserClient otto(port, "otto", "secret");
  ASSERT_EQ(otto.Allocate(), 0);
  ASSERT_EQ(otto.Bind(0x4000, of_otto.local()), 0);

  const auto start = std::chrono::steady_clock::now();
  const std::vector<uint8_t> payload(1000, 1);
  for (int i = 0; i < 360; ++i) {
    annas[static_cast<size_t>(i) % kAnnas]->Send(0x4000, payload);
    if (i % 4 == 0) otto.Send(0x4000, payload);
  }
  const size_t annas_packets = CountArriving(of_anna);
  const double took =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  EXPECT_GE(annas_packets, 100u);
  EXPECT_LE(static_cast<double>(annas_packets), 101 + took * 100);
  EXPECT_EQ(CountArriving(of_otto), 90u);
}

}  // namespace
}  // namespace koeru::server
