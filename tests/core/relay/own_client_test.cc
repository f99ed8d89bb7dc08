// core/client against core/relay: what one of them offers the other takes up.

#include <gtest/gtest.h>

#include "core/client/turn_client.h"
#include "core/stun/attribute_type.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

class OwnClient : public ::testing::Test, public stun::TransactionIds {
 protected:
  stun::TransactionId Next() override {
    stun::TransactionId id{};
    id[11] = ++ids_;
    return id;
  }

  // Carries requests and answers to and fro until the client has its event.
  client::Action Do(const client::Request& request) {
    client::Actions actions;
    client_.Start(request, h_.now, actions);
    for (int i = 0; i < 5; ++i) {
      const auto* send = std::get_if<client::SendToServer>(&actions[0]);
      if (send == nullptr) return actions[0];
      const Bytes bytes = actions.BytesOf(*send);
      sent_.assign(bytes.begin(), bytes.end());
      ScriptedClient from;
      from.five_tuple = five_tuple_;
      h_.Send(from, sent_);
      actions.Clear();
      if (!h_.reply || !client_.OnDatagram(*h_.reply, h_.now, actions) || actions.empty()) break;
    }
    return client::Failed{};
  }
  bool SentHas(uint16_t type) const { return stun::MessageView::Parse(sent_)->Has(type); }

  RelayHarness h_;
  net::FiveTuple five_tuple_ = h_.Client("192.0.2.1:50000").five_tuple;
  client::TurnClient client_{{.username = "alice", .password = "secret"}, *this};
  Packet sent_;  // the last request
  uint8_t ids_ = 0;
};

TEST_F(OwnClient, Rfc8489_9_2_LogsInWithSha256AndUserhashWhenOffered) {
  const auto allocated = Do(client::AllocateRequest{});
  ASSERT_TRUE(std::holds_alternative<client::Allocated>(allocated));
  EXPECT_TRUE(SentHas(stun::attribute_type::kUserhash));
  EXPECT_FALSE(SentHas(stun::attribute_type::kUsername));
  EXPECT_TRUE(SentHas(stun::attribute_type::kPasswordAlgorithm));
  EXPECT_TRUE(SentHas(stun::attribute_type::kMessageIntegritySha256));
  EXPECT_FALSE(SentHas(stun::attribute_type::kMessageIntegrity));
  EXPECT_TRUE(std::holds_alternative<client::PermissionCreated>(
      Do(client::CreatePermissionRequest{At("198.51.100.7")})));
}

TEST_F(OwnClient, Rfc8489_9_2_LogsInWithMd5WhereAUsersKeyIsAllThatIsKnown) {
  const auto key = stun::LongTermKeyMd5("alice", "example.org", "secret");
  h_.config.users = {{"alice", "", {key.begin(), key.end()}}};
  ASSERT_TRUE(std::holds_alternative<client::Allocated>(Do(client::AllocateRequest{})));
  EXPECT_TRUE(SentHas(stun::attribute_type::kMessageIntegrity));
  EXPECT_FALSE(SentHas(stun::attribute_type::kPasswordAlgorithm));
}

TEST_F(OwnClient, Rfc8656_7_GetsBothFamiliesAndGivesOneBack) {
  const auto allocated =
      Do(client::AllocateRequest{.family = {}, .lifetime_s = {}, .also_ipv6 = true});
  ASSERT_TRUE(std::holds_alternative<client::Allocated>(allocated));
  EXPECT_TRUE(std::get<client::Allocated>(allocated).also_relayed.has_value());
  const auto refreshed = Do(client::RefreshRequest{0, net::Family::kIpv4});
  ASSERT_TRUE(std::holds_alternative<client::Refreshed>(refreshed));
  EXPECT_EQ(h_.relay().allocation_count(), 1u);
}

TEST_F(OwnClient, Rfc8489_10_IsToldOfAnotherServer) {
  h_.config.alternate_servers[0] = {Ep("203.0.113.1:3478")};
  h_.config.alternate_domain = "turn2.example.org";
  const auto refused = Do(client::AllocateRequest{});
  ASSERT_TRUE(std::holds_alternative<client::Refused>(refused));
  EXPECT_EQ(std::get<client::Refused>(refused).code, 300);
  EXPECT_EQ(std::get<client::Refused>(refused).alternate_server, Ep("203.0.113.1:3478"));
  EXPECT_EQ(std::get<client::Refused>(refused).alternate_domain, "turn2.example.org");
}

}  // namespace
}  // namespace koeru::relay::testing
