// Connections through a load balancer that speaks the PROXY protocol (proxy_header.h).

#include <gmock/gmock.h>

#include <mutex>

#include "tests/native_server/door/door_test_server.h"

namespace koeru::server {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string HeaderFor(int last_of_address, int port = 5000) {
  return "PROXY TCP4 192.0.2." + std::to_string(last_of_address) + " 198.51.100.1 " +
         std::to_string(port) + " 3478\r\n";
}

class Proxy : public testing::Test {
 protected:
  TestClient Connect(const std::string& header, std::shared_ptr<const TlsContext> tls = nullptr) {
    const Bytes preface(reinterpret_cast<const uint8_t*>(header.data()), header.size());
    return TestClient(server_.endpoint(), TestServer::V4(),
                      std::make_unique<TestStream>(server_.endpoint(), std::move(tls), preface));
  }
  std::vector<std::string> Log() {
    const std::lock_guard lock(mutex_);
    return log_;
  }
  static net::Endpoint E(std::string_view text) { return *net::Endpoint::Parse(text); }

  std::mutex mutex_;
  std::vector<std::string> log_;
  DoorTestServer server_{[this](DoorOptions& options) {
    options.endpoints[0].lets_in.behind_proxy = true;
    options.endpoints[1].lets_in.behind_proxy = true;
    options.proxies = {*net::Prefix::Parse("127.0.0.0/8")};
    options.limits.connections_per_source = 2;
    options.log = [this](Severity, std::string_view text) {
      const std::lock_guard lock(mutex_);
      log_.emplace_back(text);
    };
  }};
};

TEST_F(Proxy, TheClientIsWhoTheHeaderSaysOverTcpAndTls) {
  TestClient tcp = Connect(HeaderFor(1));
  ASSERT_EQ(tcp.Binding(), 0);
  EXPECT_EQ(tcp.mapped(), E("192.0.2.1:5000"));
  TestClient tls = Connect(HeaderFor(2, 777), DoorTestServer::ClientTls({"stun.turn"}));
  ASSERT_EQ(tls.Allocate(), 0);
  EXPECT_EQ(tls.mapped(), E("192.0.2.2:777"));
}

TEST_F(Proxy, Version2IsUnderstoodAsWell) {
  const std::string header(
      "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x09\xc6\x33\x64\x01\x13\x88\x0d\x96", 28);
  TestClient client = Connect(header);
  ASSERT_EQ(client.Binding(), 0);
  EXPECT_EQ(client.mapped(), E("192.0.2.9:5000"));
}

TEST_F(Proxy, DataPassesBothWays) {
  TestClient client = Connect(HeaderFor(1));
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  client.SendChannelData(0x4000, MakePayload(700, 1));
  const auto arrived = peer.Receive();
  ASSERT_TRUE(arrived);
  EXPECT_EQ(arrived->bytes, MakePayload(700, 1));
  peer.Send(client.relayed(), MakePayload(900, 2));
  const auto data = client.ReceiveData();
  ASSERT_TRUE(data);
  EXPECT_EQ(data->payload, MakePayload(900, 2));
}

TEST_F(Proxy, AHealthCheckSpeaksForTheProxyItself) {
  TestClient check = Connect("PROXY UNKNOWN\r\n");
  ASSERT_EQ(check.Binding(), 0);
  EXPECT_EQ(check.mapped(), check.stream().local());
}

TEST_F(Proxy, LimitsCountTheClientsAndNotTheProxy) {
  std::vector<TestClient> clients;
  for (int i = 1; i <= 20; ++i) {
    clients.push_back(Connect(HeaderFor(i)));
    ASSERT_EQ(clients.back().Binding(), 0) << i;
  }
  TestClient second = Connect(HeaderFor(1, 5001));
  EXPECT_EQ(second.Binding(), 0);
  TestClient third = Connect(HeaderFor(1, 5002));
  EXPECT_TRUE(third.stream().IsClosedWithin(5000));
}

TEST_F(Proxy, WithoutAGoodHeaderNobodyGetsIn) {
  TestClient forgetful = Connect("");
  EXPECT_EQ(forgetful.Binding(), -1);
  EXPECT_TRUE(forgetful.stream().IsClosedWithin(5000));
  TestClient odd = Connect("PROXY TCP4 1.2.3.4 5.6.7.8 x y\r\n");
  EXPECT_TRUE(odd.stream().IsClosedWithin(5000));
  EXPECT_TRUE(Eventually([&] { return Log().size() >= 2; }));
  EXPECT_THAT(Log(), Contains(HasSubstr("does not begin with a header of the PROXY protocol")));
  EXPECT_THAT(Log(), Contains(HasSubstr("no good addresses")));
}

// THREATS.md: what a stranger says about his address is not believed.
TEST_F(Proxy, OnlyConfiguredProxiesAreBelieved) {
  const std::string header = "PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n";
  const Bytes preface(reinterpret_cast<const uint8_t*>(header.data()), header.size());
  TestStream stranger(server_.endpoint(net::Family::kIpv6), nullptr, preface);
  EXPECT_TRUE(stranger.IsClosedWithin(5000));
  EXPECT_TRUE(Eventually([&] { return !Log().empty(); }));
  EXPECT_THAT(Log(), Contains(HasSubstr("write tcp-proxy-source=::1")));
}

}  // namespace
}  // namespace koeru::server
