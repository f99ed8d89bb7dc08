// RFC 5780: what the relay answers to Binding requests when it has a second address.

#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

namespace attribute_type = stun::attribute_type;

class NatDiscovery : public ::testing::Test {
 protected:
  NatDiscovery() {
    h_.config.alternate_pairs = {
        {{{{At("5.5.5.1"), At("5.5.5.1")}, {At("5.5.5.2"), At("5.5.5.2")}}}, {3478, 3479}, 1500}};
  }

  int Bind(const Attributes& add = nullptr) {
    return h_.Ask(client_, stun::Method::kBinding, add);
  }
  static Attributes Change(bool ip, bool port) {
    return [=](stun::MessageBuilder& b) { b.Add(stun::ChangeRequest{ip, port}); };
  }
  static Attributes ToPort(uint16_t port) {
    return [=](stun::MessageBuilder& b) { b.Add(stun::ResponsePort{port}); };
  }
  static Attributes Padded(size_t size) {
    return [=](stun::MessageBuilder& b) {
      const std::vector<uint8_t> content(size, 0xEE);
      b.Add(stun::Padding{content});
    };
  }
  // How the last answer goes out.
  const net::FiveTuple& Path() const { return std::get<SendToClient>(h_.actions[0]).five_tuple; }
  // Answers to `times` requests in one second of the relay's time.
  int CountAnswers(int times, const Attributes& add) {
    int answered = 0;
    for (int i = 0; i < times; ++i) answered += Bind(add) >= 0;
    return answered;
  }
  std::vector<uint16_t> Unknown() { return UnknownOf(*h_.reply); }
  static std::vector<uint16_t> UnknownOf(const Packet& reply) {
    const auto types = *stun::MessageView::Parse(reply)->Get<stun::UnknownAttributes>();
    std::vector<uint16_t> list;
    for (size_t i = 0; i < types->size(); ++i) list.push_back((*types)[i]);
    return list;
  }

  RelayHarness h_;
  ScriptedClient client_ = h_.Client("192.0.2.1:50000");
};

TEST_F(NatDiscovery, Rfc5780_6_1_TellsBothAddressesAndBothWaysToSayTheMappedOne) {
  ASSERT_EQ(Bind(), 0);
  EXPECT_EQ(h_.Get<stun::ResponseOrigin>()->endpoint, Ep("5.5.5.1:3478"));
  EXPECT_EQ(h_.Get<stun::OtherAddress>()->endpoint, Ep("5.5.5.2:3479"));
  EXPECT_EQ(h_.Get<stun::MappedAddress>()->endpoint, Ep("192.0.2.1:50000"));
  EXPECT_EQ(h_.Get<stun::XorMappedAddress>()->endpoint, Ep("192.0.2.1:50000"));
  EXPECT_EQ(Path(), client_.five_tuple);
}

TEST_F(NatDiscovery, Rfc5780_6_1_Table1_AnswersFromWhereChangeRequestSays) {
  const struct {
    bool ip, port;
    const char* from;
  } rows[] = {{false, false, "5.5.5.1:3478"},
              {true, false, "5.5.5.2:3478"},
              {false, true, "5.5.5.1:3479"},
              {true, true, "5.5.5.2:3479"}};
  for (const auto& row : rows) {
    ASSERT_EQ(Bind(Change(row.ip, row.port)), 0);
    EXPECT_EQ(Path().server.endpoint, Ep(row.from));
    EXPECT_EQ(Path().client, client_.five_tuple.client);
    EXPECT_EQ(h_.Get<stun::ResponseOrigin>()->endpoint, Ep(row.from));
    EXPECT_EQ(h_.Get<stun::OtherAddress>()->endpoint, Ep("5.5.5.2:3479"))
        << "whatever the flags are";
  }
}

TEST_F(NatDiscovery, Rfc5780_6_WithoutASecondAddressRefusesChangeRequestWith420) {
  h_.config.alternate_pairs.clear();
  for (const auto& add : {Change(true, true), Change(false, false), ToPort(7), Padded(8)}) {
    EXPECT_EQ(Bind(add), 420);
    EXPECT_EQ(Path(), client_.five_tuple);
  }
  ASSERT_EQ(Bind(Change(true, false)), 420);
  EXPECT_EQ(Unknown(), std::vector<uint16_t>{attribute_type::kChangeRequest});
  ASSERT_EQ(Bind(), 0);
  for (const uint16_t type : {attribute_type::kOtherAddress, attribute_type::kResponseOrigin}) {
    EXPECT_FALSE(h_.ReplyHas(type));
  }
}

TEST_F(NatDiscovery, Rfc5780_6_AnEndpointWithoutAnAlternateOneIsAServerWithoutIt) {
  client_.five_tuple.server.endpoint = Ep("5.5.5.1:5349");
  EXPECT_EQ(Bind(Change(false, true)), 420);
  ASSERT_EQ(Bind(), 0);
  EXPECT_FALSE(h_.ReplyHas(attribute_type::kOtherAddress));
}

TEST_F(NatDiscovery, Rfc5780_7_ItsAttributesAreForBindingRequestsOnly) {
  h_.LogIn(client_);
  EXPECT_EQ(h_.Allocate(client_, Change(true, true)), 420);
  EXPECT_EQ(h_.Allocate(client_, ToPort(7)), 420);
}

TEST_F(NatDiscovery, Rfc5780_7_5_SendsToTheResponsePortOfTheSameAddress) {
  ASSERT_EQ(Bind(ToPort(50001)), 0);
  EXPECT_EQ(Path().client.endpoint, Ep("192.0.2.1:50001"));
  EXPECT_EQ(Path().server, client_.five_tuple.server);
  EXPECT_EQ(h_.Get<stun::XorMappedAddress>()->endpoint, Ep("192.0.2.1:50000"))
      << "where the request came from";
}

TEST_F(NatDiscovery, Rfc5780_7_5_ResponsePortAndChangeRequestGoTogether) {
  ASSERT_EQ(Bind([](auto& b) {
              b.Add(stun::ResponsePort{50001});
              b.Add(stun::ChangeRequest{true, true});
            }),
            0);
  EXPECT_EQ(Path().client.endpoint, Ep("192.0.2.1:50001"));
  EXPECT_EQ(Path().server.endpoint, Ep("5.5.5.2:3479"));
}

TEST_F(NatDiscovery, Rfc5780_7_5_NothingCanBeSentToPort0) {
  EXPECT_EQ(Bind(ToPort(0)), 400);
  EXPECT_EQ(Path(), client_.five_tuple);
}

TEST_F(NatDiscovery, Rfc5780_7_6_PadsTheAnswerUpToTheMtu) {
  const auto padding = [&](size_t wanted) {
    EXPECT_EQ(Bind(Padded(wanted)), 0);
    return h_.Get<stun::Padding>()->content.size();
  };
  EXPECT_EQ(padding(1500), 1500u);
  EXPECT_EQ(padding(3000), 1500u);
  h_.config.alternate_pairs[0].mtu = 1281;
  h_.Reload();
  EXPECT_EQ(padding(1500), 1284u);
}

TEST_F(NatDiscovery, Rfc5780_7_6_PaddingIsZerosAndNotWhatTheClientSent) {
  ASSERT_EQ(Bind(Padded(1001)), 0);
  const Bytes content = h_.Get<stun::Padding>()->content;
  for (const uint8_t byte : content) ASSERT_EQ(byte, 0);
}

TEST_F(NatDiscovery, Rfc5780_6_1_ResponsePortWithPaddingIsABadRequest) {
  EXPECT_EQ(Bind([](auto& b) {
              b.Add(stun::ResponsePort{50001});
              b.Add(stun::Padding{});
            }),
            400);
  EXPECT_EQ(Path(), client_.five_tuple) << "and nothing goes to the other port";
  EXPECT_EQ(h_.events.refused.back().detail, "RESPONSE-PORT and PADDING do not go together");
}

TEST_F(NatDiscovery, Rfc5780_3_OverTcpTellsTheOtherAddressAndChangesNothing) {
  for (const net::Transport transport :
       {net::Transport::kTcp, net::Transport::kTls, net::Transport::kDtls}) {
    client_.five_tuple.transport = transport;
    ASSERT_EQ(Bind(), 0);
    EXPECT_EQ(h_.Get<stun::OtherAddress>()->endpoint, Ep("5.5.5.2:3479"));
    EXPECT_EQ(Path(), client_.five_tuple);
    ASSERT_EQ(Bind(Change(false, false)), 0);
    for (const auto& add : {Change(true, false), Change(false, true), ToPort(7), Padded(8)}) {
      EXPECT_EQ(Bind(add), 400);
      EXPECT_EQ(Path(), client_.five_tuple);
    }
  }
}

TEST_F(NatDiscovery, MalformedAttributesAreABadRequest) {
  for (const uint16_t type : {attribute_type::kChangeRequest, attribute_type::kResponsePort}) {
    for (const size_t size : {0u, 1u, 3u, 5u, 64u}) {
      EXPECT_EQ(Bind([&](auto& b) { b.AddRaw(type, std::vector<uint8_t>(size)); }), 400)
          << type << " of " << size << " bytes";
    }
  }
}

TEST_F(NatDiscovery, TellsPublicAddressesBehindANat) {
  h_.config.alternate_pairs[0].addresses[0].advertised = At("203.0.113.1");
  h_.config.alternate_pairs[0].addresses[1].advertised = At("203.0.113.2");
  ASSERT_EQ(Bind(Change(true, false)), 0);
  EXPECT_EQ(h_.Get<stun::ResponseOrigin>()->endpoint, Ep("203.0.113.2:3478"));
  EXPECT_EQ(h_.Get<stun::OtherAddress>()->endpoint, Ep("203.0.113.2:3479"));
  EXPECT_EQ(Path().server.endpoint, Ep("5.5.5.2:3478")) << "the socket is bound to this";
}

// Attacks. The source of a request may be forged.

TEST_F(NatDiscovery, Attack_PaddingNeverGetsMoreOutThanWentIn) {
  for (const size_t size : {0u, 1u, 100u, 1499u, 1500u, 60000u}) {
    const Packet request = client_.Request(stun::Method::kBinding, [&](auto& b) {
      const std::vector<uint8_t> content(std::min<size_t>(size, 4000));
      b.Add(stun::Padding{content});
    });
    h_.Send(client_, request);
    ASSERT_TRUE(h_.reply.has_value());
    EXPECT_LE(h_.Get<stun::Padding>()->content.size(), std::min<size_t>(size, 1500));
    // 48 bytes: what every answer says (XOR-MAPPED-ADDRESS and its kin).
    EXPECT_LE(h_.reply->size(), request.size() + 48);
  }
}

TEST_F(NatDiscovery, Attack_AddressesInAnswersAreHeldBackByTheAmplificationLimiter) {
  h_.config.amplification_bytes_per_second = 1000;
  const int answered = CountAnswers(1000, nullptr);
  EXPECT_LE(answered, 22) << "48 bytes more than the request each";
  EXPECT_EQ(h_.relay().counters().held_back, 1000u - static_cast<unsigned>(answered));
}

// A request made large would else pass the limiter for ever: a mirror that hides its owner.
TEST_F(NatDiscovery, Attack_ResponsePortIsNoMirrorForLargeRequests) {
  h_.config.amplification_bytes_per_second = 1000;
  const Attributes large = [](stun::MessageBuilder& b) {
    b.Add(stun::ResponsePort{53});
    b.AddRaw(0xC000, std::vector<uint8_t>(500));
  };
  EXPECT_LE(CountAnswers(1000, large), 15) << "each counts as a whole, 68 bytes";
}

TEST_F(NatDiscovery, Attack_ChangeRequestIsNoMirrorForLargeRequests) {
  h_.config.amplification_bytes_per_second = 1000;
  const Attributes large = [](stun::MessageBuilder& b) {
    b.Add(stun::ChangeRequest{true, true});
    b.AddRaw(0xC000, std::vector<uint8_t>(500));
  };
  EXPECT_LE(CountAnswers(1000, large), 15);
}

TEST_F(NatDiscovery, Attack_PaddingFromAnotherAddressIsBounded) {
  h_.config.amplification_bytes_per_second = 4000;
  const Attributes large = [](stun::MessageBuilder& b) {
    b.Add(stun::ChangeRequest{true, true});
    const std::vector<uint8_t> content(1500);
    b.Add(stun::Padding{content});
  };
  EXPECT_LE(CountAnswers(1000, large), 3);
}

TEST_F(NatDiscovery, Attack_ManyPortsOfOneVictimShareItsBound) {
  h_.config.amplification_bytes_per_second = 1000;
  int answered = 0;
  for (uint16_t port = 1; port <= 1000; ++port) answered += Bind(ToPort(port)) == 0;
  EXPECT_LE(answered, 15);
}

// A forged source that is the server itself.
TEST_F(NatDiscovery, Attack_AnAnswerToTheServerItselfIsNotAnswered) {
  client_.five_tuple.client.endpoint = Ep("5.5.5.2:3479");
  ASSERT_EQ(Bind(Change(false, true)), 0);
  ScriptedClient server = client_;
  server.five_tuple = {.client = {Ep("5.5.5.1:3479")}, .server = {Ep("5.5.5.2:3479")}};
  h_.Send(server, Packet(*h_.reply));
  EXPECT_FALSE(h_.reply.has_value());
}

TEST_F(NatDiscovery, Attack_RefusalsGoToTheSourceAndNowhereElse) {
  EXPECT_EQ(Bind([](auto& b) {
              b.Add(stun::ResponsePort{53});
              b.Add(stun::ChangeRequest{true, true});
              b.Add(stun::ResponseAddress{Ep("203.0.113.99:7")});
            }),
            420);
  EXPECT_EQ(Path(), client_.five_tuple);
}

// Clients of RFC 3489.
class ClassicDiscovery : public NatDiscovery {
 protected:
  ClassicDiscovery() { h_.config.rfc3489_binding = true; }
  stun::MessageView Ask(const Attributes& add) {
    Packet request = client_.Request(stun::Method::kBinding, add);
    request[4] = 0xAB;
    h_.Send(client_, request);
    EXPECT_TRUE(h_.reply.has_value());
    answer_ = *h_.reply;
    Writer(MutableBytes(answer_).subspan(4, 4)).U32(stun::kMagicCookie);
    return *stun::MessageView::Parse(answer_);
  }
  Packet answer_;
};

TEST_F(ClassicDiscovery, Rfc3489_8_1_SaysSourceAddressAndChangedAddress) {
  const stun::MessageView answer = Ask(Change(true, false));
  EXPECT_EQ((*answer.Get<stun::SourceAddress>())->endpoint, Ep("5.5.5.2:3478"));
  EXPECT_EQ((*answer.Get<stun::ChangedAddress>())->endpoint, Ep("5.5.5.2:3479"));
  EXPECT_EQ((*answer.Get<stun::MappedAddress>())->endpoint, Ep("192.0.2.1:50000"));
  EXPECT_EQ(Path().server.endpoint, Ep("5.5.5.2:3478"));
}

TEST_F(ClassicDiscovery, StillNeverObeysResponseAddress) {
  const stun::MessageView answer = Ask([](stun::MessageBuilder& b) {
    b.Add(stun::ResponseAddress{Ep("203.0.113.99:7")});
    b.Add(stun::ChangeRequest{true, true});
  });
  EXPECT_EQ((*answer.Get<stun::ErrorCode>())->code, 420);
  EXPECT_EQ(Path(), client_.five_tuple);
}

TEST_F(ClassicDiscovery, Attack_ChangeRequestIsNoMirrorForLargeRequests) {
  h_.config.amplification_bytes_per_second = 1000;
  int answered = 0;
  for (int i = 0; i < 1000; ++i) {
    Packet request = client_.Request(stun::Method::kBinding, [](stun::MessageBuilder& b) {
      b.Add(stun::ChangeRequest{true, true});
      b.AddRaw(0xC000, std::vector<uint8_t>(400));
    });
    request[4] = 0xAB;
    h_.Send(client_, request);
    answered += h_.reply.has_value();
  }
  EXPECT_LE(answered, 20);
}

}  // namespace
}  // namespace koeru::relay::testing
