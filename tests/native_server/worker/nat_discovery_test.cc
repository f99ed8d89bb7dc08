// RFC 5780 over real sockets: answers that leave from another address, another port, or go to
// another port; with several workers, each of which has a socket for all four endpoints.

#include "core/stun/attributes.h"
#include "tests/native_server/worker/test_server.h"

namespace koeru::server {
namespace {

class NatDiscovery : public ::testing::Test {
 protected:
  static constexpr size_t kWorkers = 3;

  net::Address A1() const { return net::Address::V4(127, 0, 0, 1); }
  net::Address A2() const { return net::Address::V4(127, 0, 0, 2); }

  // A Binding request from `from`. Its answer may come to another socket.
  template <typename Add>
  void Ask(TestSocket& from, const net::Endpoint& server, Add add) {
    std::vector<uint8_t> buffer(4096);
    stun::MessageBuilder b(buffer, {stun::Method::kBinding, stun::Class::kRequest},
                           stun::TransactionId{1, 2, 3});
    add(b);
    from.Send(server, b.Finish());
  }
  void Ask(TestSocket& from, const net::Endpoint& server, bool ip, bool port) {
    Ask(from, server,
        [&](stun::MessageBuilder& b) { b.Add(stun::ChangeRequest{ip, port}); });
  }

  uint16_t other_port_ = TestSocket({net::Address::Any(net::Family::kIpv4), 0}).local().port;
  TestServer server_{[this](relay::RelayConfig& config, RelayServerOptions& options) {
    const uint16_t port = options.listen[0].port;
    options.workers = kWorkers;
    options.listen = {{A1(), port}, {A1(), other_port_}, {A2(), port}, {A2(), other_port_}};
    config.alternate_pairs = {{{{{A1(), A1()}, {A2(), A2()}}}, {port, other_port_}, 1500}};
  }};
};

TEST_F(NatDiscovery, EachEndpointAnswersFromEachOther) {
  const net::Endpoint all[] = {{A1(), server_.port()},
                               {A1(), other_port_},
                               {A2(), server_.port()},
                               {A2(), other_port_}};
  // Many sockets: the kernel brings them to different workers.
  for (int i = 0; i < 24; ++i) {
    TestSocket client({A1(), 0});
    for (size_t asked = 0; asked < 4; ++asked) {
      for (size_t flags = 0; flags < 4; ++flags) {
        Ask(client, all[asked], (flags & 2) != 0, (flags & 1) != 0);
        const auto answer = client.Receive();
        ASSERT_TRUE(answer.has_value());
        EXPECT_EQ(answer->from, all[asked ^ flags]);
        const auto message = stun::MessageView::Parse(answer->bytes);
        ASSERT_TRUE(message.ok());
        EXPECT_EQ((*message->Get<stun::ResponseOrigin>())->endpoint, answer->from);
        EXPECT_EQ((*message->Get<stun::OtherAddress>())->endpoint, all[asked ^ 3]);
        EXPECT_EQ((*message->Get<stun::XorMappedAddress>())->endpoint, client.local());
      }
    }
  }
}

TEST_F(NatDiscovery, AnswersGoToTheResponsePort) {
  TestSocket control({A1(), 0}), tested({A1(), 0});
  Ask(control, server_.endpoint(), [&](stun::MessageBuilder& b) {
    b.Add(stun::ResponsePort{tested.local().port});
  });
  const auto answer = tested.Receive();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->from, server_.endpoint());
  const auto message = stun::MessageView::Parse(answer->bytes);
  EXPECT_EQ((*message->Get<stun::XorMappedAddress>())->endpoint, control.local());
}

TEST_F(NatDiscovery, PaddingComesBackAsOneLongDatagram) {
  TestSocket client({A1(), 0});
  Ask(client, server_.endpoint(), [](stun::MessageBuilder& b) {
    const std::vector<uint8_t> content(1500);
    b.Add(stun::Padding{content});
    b.Add(stun::ChangeRequest{true, true});
  });
  const auto answer = client.Receive();
  ASSERT_TRUE(answer.has_value());
  EXPECT_GT(answer->bytes.size(), 1500u);
  EXPECT_EQ(answer->from, (net::Endpoint{A2(), other_port_}));
}

}  // namespace
}  // namespace koeru::server
