#include "core/client/turn_client.h"

#include <gtest/gtest.h>

#include "tests/core/client/fake_server.h"

namespace koeru::client {
namespace {

using std::chrono::milliseconds;
using stun::Class;
using stun::IntegrityVerdict;

class TurnClientTest : public testing::Test {
 protected:
  Sent Start(const Request& request) {
    actions_.Clear();
    client_.Start(request, kStart, actions_);
    return OnlySent(actions_);
  }
  bool Receive(Bytes datagram) {
    actions_.Clear();
    return client_.OnDatagram(datagram, kStart, actions_);
  }
  // Past the 401: what a client with an allocation has behind it.
  void Authenticate() {
    const Sent first = Start(AllocateRequest{});
    Receive(Challenged(first, 401));
    const Sent second = OnlySent(actions_);
    Receive(Signed(second, Class::kSuccessResponse, AddAllocation));
    OnlyEvent<Allocated>(actions_);
  }

  SequentialIds ids_;
  TurnClient client_{{.username = std::string(kUser), .password = std::string(kSecret)}, ids_};
  Actions actions_;
};

TEST_F(TurnClientTest, BindingGivesTheMappedAddress) {
  const Sent request = Start(BindingRequest{});
  EXPECT_EQ(request.view().method(), stun::Method::kBinding);
  EXPECT_TRUE(Receive(Answer(request, Class::kSuccessResponse, [](stun::MessageBuilder& b) {
    b.Add(stun::XorMappedAddress{{net::Address::V4(203, 0, 113, 9), 4000}});
  })));
  EXPECT_EQ(OnlyEvent<Bound>(actions_).mapped.ToString(), "203.0.113.9:4000");
  EXPECT_EQ(client_.pending(), 0u);
}

TEST_F(TurnClientTest, BindingTakesMappedAddressOfAnOldServer) {
  const Sent request = Start(BindingRequest{});
  Receive(Answer(request, Class::kSuccessResponse, [](stun::MessageBuilder& b) {
    b.Add(stun::MappedAddress{{net::Address::V4(203, 0, 113, 9), 4000}});
  }));
  EXPECT_EQ(OnlyEvent<Bound>(actions_).mapped.port, 4000);
}

TEST_F(TurnClientTest, Rfc8656_7_1_AllocateAsksForUdp) {
  const Sent request = Start(AllocateRequest{net::Family::kIpv6, 300, true});
  EXPECT_EQ(request.Get<turn::RequestedTransport>()->protocol, turn::kProtocolUdp);
  EXPECT_EQ(request.Get<turn::RequestedAddressFamily>()->family, stun::AddressFamily::kIpv6);
  EXPECT_EQ(request.Get<turn::Lifetime>()->seconds, 300u);
  EXPECT_TRUE(request.Get<turn::DontFragment>().has_value());
}

TEST_F(TurnClientTest, Rfc8489_9_2_3_1_FirstRequestCarriesNoCredentials) {
  const Sent request = Start(AllocateRequest{});
  EXPECT_FALSE(request.Get<stun::Username>().has_value());
  EXPECT_FALSE(request.view().Has(stun::attribute_type::kMessageIntegrity));
}

TEST_F(TurnClientTest, AnswersA401WithCredentialsAndANewTransaction) {
  const Sent first = Start(AllocateRequest{});
  EXPECT_TRUE(Receive(Challenged(first, 401)));
  const Sent second = OnlySent(actions_);
  EXPECT_NE(second.view().transaction_id(), first.view().transaction_id());
  EXPECT_EQ(second.Get<stun::Username>()->text, kUser);
  EXPECT_EQ(second.Get<stun::Realm>()->text, kRealm);
  EXPECT_EQ(second.Get<stun::Nonce>()->text, kNonce);
  EXPECT_EQ(CheckMessageIntegrity(second.view(), stun::LongTermKeyMd5(kUser, kRealm, kSecret)),
            IntegrityVerdict::kValid);
  EXPECT_TRUE(second.Get<turn::RequestedTransport>().has_value());
}

TEST_F(TurnClientTest, AllocatedTellsRelayedAndMappedAddressAndLifetime) {
  const Sent first = Start(AllocateRequest{});
  Receive(Challenged(first, 401));
  const Sent second = OnlySent(actions_);
  Receive(Signed(second, Class::kSuccessResponse, AddAllocation));
  const auto allocated = OnlyEvent<Allocated>(actions_);
  EXPECT_EQ(allocated.relayed.ToString(), "192.0.2.15:50000");
  EXPECT_EQ(allocated.mapped.ToString(), "203.0.113.9:4000");
  EXPECT_EQ(allocated.lifetime_s, 600u);
}

TEST_F(TurnClientTest, LaterRequestsCarryCredentialsAtOnce) {
  Authenticate();
  const net::PeerAddress peer{{net::Address::V4(198, 51, 100, 7), 9000}};
  const Sent request = Start(ChannelBindRequest{0x4001, peer});
  EXPECT_EQ(request.Get<stun::Username>()->text, kUser);
  EXPECT_EQ(request.Get<turn::ChannelNumber>()->number, 0x4001);
  EXPECT_EQ(request.Get<turn::XorPeerAddress>()->endpoint, peer.endpoint);
  Receive(Signed(request, Class::kSuccessResponse, [](stun::MessageBuilder&) {}));
  const auto bound = OnlyEvent<ChannelBound>(actions_);
  EXPECT_EQ(bound.channel, 0x4001);
  EXPECT_EQ(bound.peer, peer);
}

TEST_F(TurnClientTest, BindingStaysWithoutCredentialsUntilItIsChallengedItself) {
  Authenticate();
  const Sent request = Start(BindingRequest{});
  EXPECT_FALSE(request.Get<stun::Username>().has_value());
  Receive(Challenged(request, 401));
  EXPECT_EQ(OnlySent(actions_).Get<stun::Username>()->text, kUser);
}

TEST_F(TurnClientTest, CreatesPermissionForAnAddress) {
  Authenticate();
  const Sent request = Start(CreatePermissionRequest{net::Address::V4(198, 51, 100, 7)});
  EXPECT_EQ(request.Get<turn::XorPeerAddress>()->endpoint.address.ToString(), "198.51.100.7");
  Receive(Signed(request, Class::kSuccessResponse, [](stun::MessageBuilder&) {}));
  EXPECT_EQ(OnlyEvent<PermissionCreated>(actions_).peer.ToString(), "198.51.100.7");
}

TEST_F(TurnClientTest, Rfc8656_8_1_RefreshWithLifetimeZeroDeletes) {
  Authenticate();
  const Sent request = Start(RefreshRequest{0});
  EXPECT_EQ(request.Get<turn::Lifetime>()->seconds, 0u);
  Receive(Signed(request, Class::kSuccessResponse,
                 [](stun::MessageBuilder& b) { b.Add(turn::Lifetime{0}); }));
  EXPECT_EQ(OnlyEvent<Refreshed>(actions_).lifetime_s, 0u);
}

TEST_F(TurnClientTest, Rfc8489_9_2_5_AsksAgainWithTheNonceOfA438) {
  Authenticate();
  const Sent request = Start(RefreshRequest{});
  Receive(Challenged(request, 438, "nonce-2"));
  const Sent again = OnlySent(actions_);
  EXPECT_EQ(again.Get<stun::Nonce>()->text, "nonce-2");
  EXPECT_EQ(CheckMessageIntegrity(again.view(), stun::LongTermKeyMd5(kUser, kRealm, kSecret)),
            IntegrityVerdict::kValid);
}

TEST_F(TurnClientTest, ASecond401MeansWrongCredentials) {
  const Sent first = Start(AllocateRequest{});
  Receive(Challenged(first, 401));
  const Sent second = OnlySent(actions_);
  Receive(Challenged(second, 401, "nonce-2"));
  const auto refused = OnlyEvent<Refused>(actions_);
  EXPECT_EQ(refused.code, 401);
  EXPECT_EQ(refused.method, stun::Method::kAllocate);
  EXPECT_EQ(client_.pending(), 0u);
}

TEST_F(TurnClientTest, DoesNotChaseAServerWhoseNoncesAreAlwaysStale) {
  Authenticate();
  Sent request = Start(RefreshRequest{});
  int rounds = 0;
  for (; rounds < 10; ++rounds) {
    Receive(Challenged(request, 438, "nonce-" + std::to_string(10 + rounds)));
    if (std::holds_alternative<Refused>(actions_[0])) break;
    request = OnlySent(actions_);
  }
  EXPECT_EQ(rounds, 3);
  EXPECT_EQ(OnlyEvent<Refused>(actions_).code, 438);
}

TEST_F(TurnClientTest, WithoutCredentialsA401IsFinal) {
  TurnClient anonymous({}, ids_);
  anonymous.Start(AllocateRequest{}, kStart, actions_);
  const Sent request = OnlySent(actions_);
  actions_.Clear();
  anonymous.OnDatagram(Challenged(request, 401), kStart, actions_);
  EXPECT_EQ(OnlyEvent<Refused>(actions_).code, 401);
}

TEST_F(TurnClientTest, TellsWhereARedirectPoints) {
  const Sent request = Start(AllocateRequest{});
  Receive(Answer(request, Class::kErrorResponse, [](stun::MessageBuilder& b) {
    b.Add(stun::ErrorCode::Of(300));
    b.Add(stun::AlternateServer{{net::Address::V4(192, 0, 2, 77), 3478}});
  }));
  EXPECT_EQ(OnlyEvent<Refused>(actions_).alternate_server->ToString(), "192.0.2.77:3478");
}

TEST_F(TurnClientTest, DiscardsASuccessFromSomeoneWithoutThePassword) {
  Authenticate();
  const Sent request = Start(RefreshRequest{0});
  const auto unsigned_answer =
      Answer(request, Class::kSuccessResponse, [](auto& b) { b.Add(turn::Lifetime{0}); });
  EXPECT_TRUE(Receive(unsigned_answer));
  EXPECT_TRUE(actions_.empty());
  const auto forged = Answer(request, Class::kSuccessResponse, [](auto& b) {
    b.Add(turn::Lifetime{0});
    b.AddMessageIntegrity(AsBytes("another key"));
  });
  EXPECT_TRUE(Receive(forged));
  EXPECT_TRUE(actions_.empty());
  EXPECT_EQ(client_.pending(), 1u);
}

TEST_F(TurnClientTest, DiscardsAnUnsignedErrorThatMustBeSigned) {
  Authenticate();
  const Sent request = Start(RefreshRequest{0});
  Receive(Answer(request, Class::kErrorResponse, [](auto& b) { b.Add(stun::ErrorCode::Of(437)); }));
  EXPECT_TRUE(actions_.empty());
  Receive(Signed(request, Class::kErrorResponse, [](auto& b) { b.Add(stun::ErrorCode::Of(437)); }));
  EXPECT_EQ(OnlyEvent<Refused>(actions_).code, 437);
}

TEST_F(TurnClientTest, SaysThatIntegrityWasViolatedWhenOnlyForgedAnswersCame) {
  Authenticate();
  const Sent request = Start(RefreshRequest{0});
  Receive(Answer(request, Class::kSuccessResponse, [](auto& b) { b.Add(turn::Lifetime{0}); }));
  while (client_.pending() > 0) {
    actions_.Clear();
    client_.OnTimeout(client_.NextDeadline(), actions_);
  }
  EXPECT_EQ(OnlyEvent<Failed>(actions_).failure, Failure::kIntegrityViolated);
}

TEST_F(TurnClientTest, RetransmitsTheSameBytesUntilItGivesUp) {
  const Sent request = Start(AllocateRequest{});
  EXPECT_EQ(client_.NextDeadline(), kStart + milliseconds(500));
  int repeats = 0;
  for (;;) {
    actions_.Clear();
    client_.OnTimeout(client_.NextDeadline(), actions_);
    if (client_.pending() == 0) break;
    EXPECT_EQ(OnlySent(actions_).bytes, request.bytes);
    ++repeats;
  }
  EXPECT_EQ(repeats, 6);
  EXPECT_EQ(OnlyEvent<Failed>(actions_).failure, Failure::kTimedOut);
  EXPECT_EQ(client_.NextDeadline(), net::Instant::Max());
}

TEST_F(TurnClientTest, ALateSecondAnswerChangesNothing) {
  const Sent request = Start(AllocateRequest{});
  const auto challenge = Challenged(request, 401);
  EXPECT_TRUE(Receive(challenge));
  EXPECT_FALSE(Receive(challenge));
  EXPECT_TRUE(actions_.empty());
}

TEST_F(TurnClientTest, IgnoresAnswersOfAnotherMethod) {
  const Sent binding = Start(BindingRequest{});
  std::array<uint8_t, 64> buffer;
  stun::MessageBuilder b(buffer, {stun::Method::kAllocate, Class::kSuccessResponse},
                         binding.view().transaction_id());
  EXPECT_FALSE(Receive(b.Finish()));
  EXPECT_EQ(client_.pending(), 1u);
}

TEST_F(TurnClientTest, SeveralRequestsMayBeUnderWay) {
  Authenticate();
  const Sent refresh = Start(RefreshRequest{});
  const Sent permission = Start(CreatePermissionRequest{net::Address::V4(198, 51, 100, 7)});
  Receive(Signed(permission, Class::kSuccessResponse, [](auto&) {}));
  OnlyEvent<PermissionCreated>(actions_);
  Receive(Signed(refresh, Class::kSuccessResponse, [](auto& b) { b.Add(turn::Lifetime{600}); }));
  EXPECT_EQ(OnlyEvent<Refreshed>(actions_).lifetime_s, 600u);
}

TEST_F(TurnClientTest, AnAllocateAnswerWithoutRelayedAddressIsMalformed) {
  const Sent request = Start(AllocateRequest{});
  Receive(Answer(request, Class::kSuccessResponse, [](auto& b) { b.Add(turn::Lifetime{600}); }));
  EXPECT_EQ(OnlyEvent<Failed>(actions_).failure, Failure::kMalformedAnswer);
}

TEST_F(TurnClientTest, DataIndicationGivesThePlaceOfThePayload) {
  std::array<uint8_t, 128> buffer;
  stun::MessageBuilder b(buffer, {stun::Method::kData, Class::kIndication}, ids_.Next());
  b.Add(turn::XorPeerAddress{{net::Address::V4(198, 51, 100, 7), 9000}});
  b.Add(turn::Data{AsBytes("hello")});
  const Bytes datagram = b.Finish();
  EXPECT_TRUE(Receive(datagram));
  const auto data = OnlyEvent<DataReceived>(actions_);
  EXPECT_EQ(data.peer.endpoint.ToString(), "198.51.100.7:9000");
  EXPECT_EQ(AsText(datagram.subspan(data.offset, data.size)), "hello");
}

TEST_F(TurnClientTest, Rfc8656_11_6_TellsOfIcmpErrors) {
  std::array<uint8_t, 128> buffer;
  stun::MessageBuilder b(buffer, {stun::Method::kData, Class::kIndication}, ids_.Next());
  b.Add(turn::XorPeerAddress{{net::Address::V4(198, 51, 100, 7), 9000}});
  b.Add(turn::Icmp{3, 4, 1400});
  EXPECT_TRUE(Receive(b.Finish()));
  const auto icmp = OnlyEvent<IcmpReceived>(actions_);
  EXPECT_EQ(icmp.peer.endpoint.ToString(), "198.51.100.7:9000");
  EXPECT_EQ(icmp.type, 3);
  EXPECT_EQ(icmp.code, 4);
  EXPECT_EQ(icmp.data, 1400u);
}

TEST_F(TurnClientTest, Rfc8489_9_2_5_DiscardsA400WithoutIntegrity) {
  Authenticate();
  const Sent request = Start(RefreshRequest{});
  const auto add = [](stun::MessageBuilder& b) { b.Add(stun::ErrorCode::Of(400)); };
  EXPECT_TRUE(Receive(Answer(request, Class::kErrorResponse, add)));
  EXPECT_TRUE(actions_.empty());
  EXPECT_EQ(client_.pending(), 1u);
  Receive(Signed(request, Class::kErrorResponse, add));
  EXPECT_EQ(OnlyEvent<Refused>(actions_).code, 400);
}

TEST_F(TurnClientTest, Rfc8489_9_2_5_IgnoresAnAnswerWhoseAlgorithmsWereTakenAway) {
  const Sent request = Start(BindingRequest{});
  const auto answer = [&](std::string_view nonce) {
    return Answer(request, Class::kSuccessResponse, [&](stun::MessageBuilder& b) {
      b.Add(stun::Nonce{nonce});
      b.Add(stun::XorMappedAddress{{net::Address::V4(203, 0, 113, 9), 4000}});
    });
  };
  Receive(answer("obMatJos2AAABrest"));
  EXPECT_TRUE(actions_.empty());
  Receive(answer("obMatJos2AAACrest"));
  EXPECT_EQ(OnlyEvent<Bound>(actions_).mapped.port, 4000);
}

TEST_F(TurnClientTest, Rfc8656_7_1_ADualAllocationTellsBothAddressesOrWhyNot) {
  const net::Endpoint v6 = *net::Endpoint::Parse("[2001:db8::15]:50002");
  for (const bool both : {true, false}) {
    const Sent first = Start(AllocateRequest{.also_ipv6 = true});
    EXPECT_TRUE(first.Get<turn::AdditionalAddressFamily>().has_value());
    Receive(Answer(first, Class::kSuccessResponse, [&](stun::MessageBuilder& b) {
      AddAllocation(b);
      if (both) b.Add(turn::XorRelayedAddress{v6});
      if (!both) b.Add(turn::AddressErrorCode{stun::AddressFamily::kIpv6, 440, "no"});
    }));
    const auto allocated = OnlyEvent<Allocated>(actions_);
    EXPECT_EQ(allocated.relayed.ToString(), "192.0.2.15:50000");
    EXPECT_EQ(allocated.also_relayed, both ? std::optional(v6) : std::nullopt);
    EXPECT_EQ(allocated.other_family_error, both ? 0 : 440);
  }
}

TEST_F(TurnClientTest, Rfc8656_8_1_RefreshesOneFamilyOfADualAllocation) {
  const Sent request = Start(RefreshRequest{600, net::Family::kIpv6});
  EXPECT_EQ(request.Get<turn::RequestedAddressFamily>()->family, stun::AddressFamily::kIpv6);
}

TEST_F(TurnClientTest, DropsWhatIsNotForIt) {
  EXPECT_FALSE(Receive({}));
  EXPECT_FALSE(Receive(AsBytes("not a STUN message at all")));
  std::array<uint8_t, 64> buffer;
  stun::MessageBuilder request(buffer, {stun::Method::kBinding, Class::kRequest}, ids_.Next());
  EXPECT_FALSE(Receive(request.Finish()));
  stun::MessageBuilder empty_data(buffer, {stun::Method::kData, Class::kIndication}, ids_.Next());
  EXPECT_FALSE(Receive(empty_data.Finish()));
  EXPECT_TRUE(actions_.empty());
}

TEST_F(TurnClientTest, ANameThatIsTooLongForStunFailsAtOnce) {
  TurnClient client({.username = std::string(600, 'x'), .password = "p"}, ids_);
  client.Start(AllocateRequest{}, kStart, actions_);
  const Sent request = OnlySent(actions_);
  actions_.Clear();
  client.OnDatagram(Challenged(request, 401), kStart, actions_);
  EXPECT_EQ(OnlyEvent<Failed>(actions_).failure, Failure::kRequestTooLarge);
  EXPECT_EQ(client.pending(), 0u);
}

}  // namespace
}  // namespace koeru::client
