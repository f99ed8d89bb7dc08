// Third-party authorization (RFC 7635): tokens in, answers out.

#include "core/relay/check_token.h"

#include <gtest/gtest.h>

#include <random>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "core/stun/attributes/third_party_authorization.h"
#include "core/stun/attributes/unknown_attributes.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

class CheckTokenTest : public ::testing::Test {
 protected:
  CheckTokenTest() {
    h.config.third_party = true;
    h.config.server_name = "turn.example.org";
    h.config.token_keys = {{"north", std::vector<uint8_t>(32, 1)},
                           {"union", std::vector<uint8_t>(16, 2)}};
  }

  // What an authorization server gives a client: the session key, and the token with it inside.
  struct Grant {
    std::string kid = "north";
    std::vector<uint8_t> key = std::vector<uint8_t>(32, 1);
    std::string server = "turn.example.org";
    uint8_t session = 0x4B;  // each byte of the session key
    size_t session_size = 20;
    int64_t age_s = 0;
    uint32_t lifetime_s = 1200;
  };
  void Give(ScriptedClient& client, const Grant& grant) {
    client.username = grant.kid;
    client.session_key =
        LongTermKey::OfToken(std::vector<uint8_t>(grant.session_size, grant.session));
    block = SealAccessToken(
        {*client.session_key, {h.wall.seconds - grant.age_s}, grant.lifetime_s}, nonce, grant.key,
        grant.server);
  }
  Attributes Token(const Attributes& more = nullptr) {
    return [this, more](stun::MessageBuilder& b) {
      b.Add(stun::AccessToken{nonce, block});
      if (more) more(b);
    };
  }
  int Allocate(ScriptedClient& client) { return h.Allocate(client, Token()); }
  int Allocate(const Grant& grant) {
    ScriptedClient client = h.Client("192.0.2." + std::to_string(++clients_) + ":50000");
    Give(client, grant);
    return Allocate(client);
  }
  int RefreshWithToken(ScriptedClient& client) {
    return h.Ask(client, stun::Method::kRefresh, Token());
  }
  uint32_t Granted() const { return h.Get<turn::Lifetime>()->seconds; }

  RelayHarness h;
  const std::vector<uint8_t> nonce = std::vector<uint8_t>(12, 9);
  std::vector<uint8_t> block;  // of the token given last

 private:
  int clients_ = 0;
};

TEST_F(CheckTokenTest, Rfc7635_6_1_AChallengeNamesTheServer) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  h.LogIn(client);
  EXPECT_EQ(h.Get<stun::ThirdPartyAuthorization>()->server_name, "turn.example.org");
  EXPECT_EQ(h.Get<stun::Realm>()->text, "example.org");
  h.config.server_name.clear();
  h.Reload();
  h.LogIn(client);
  EXPECT_EQ(h.Get<stun::ThirdPartyAuthorization>()->server_name, "example.org");
  h.config.third_party = false;
  h.Reload();
  h.LogIn(client);
  EXPECT_FALSE(h.ReplyHas(stun::attribute_type::kThirdPartyAuthorization));
}

TEST_F(CheckTokenTest, Rfc7635_7_ATokenAndItsSessionKeyAreEnough) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  EXPECT_EQ(Allocate(client), 0);
  const auto reply = stun::MessageView::Parse(*h.reply);
  EXPECT_EQ(stun::CheckMessageIntegrity(*reply, client.session_key->bytes()),
            stun::IntegrityVerdict::kValid);
  EXPECT_EQ(h.events.created, std::vector<std::string>{"north"});
  EXPECT_TRUE(h.asked.empty());
}

TEST_F(CheckTokenTest, Rfc7635_6_2_TheKeysLengthSaysWhichIntegrityItIsFor) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {.kid = "union", .key = std::vector<uint8_t>(16, 2), .session_size = 32});
  EXPECT_EQ(Allocate(client), 0);
  const auto reply = stun::MessageView::Parse(*h.reply);
  EXPECT_EQ(stun::CheckMessageIntegritySha256(*reply, client.session_key->bytes()),
            stun::IntegrityVerdict::kValid);
  EXPECT_EQ(h.Permit(client, "198.51.100.7:9"), 0);

  // A key of 20 bytes under SHA-256.
  ScriptedClient other = h.Client("192.0.2.2:50000");
  Give(other, {});
  h.LogIn(other);
  std::vector<uint8_t> buffer(1024);
  stun::MessageBuilder b(buffer, {stun::Method::kAllocate, stun::Class::kRequest}, other.NextId());
  RelayHarness::Udp(Token())(b);
  b.Add(stun::Username{other.username});
  b.Add(stun::Realm{other.realm});
  b.Add(stun::Nonce{other.nonce});
  b.AddMessageIntegritySha256(other.session_key->bytes());
  const Bytes request = b.Finish();
  h.Send(other, {request.begin(), request.end()});
  EXPECT_EQ(h.Code(), 401);
}

// Its client and server take 16 of the 20 bytes (src/client/ns_turn_msg.c, get_hmackey_size).
TEST_F(CheckTokenTest, RequestsThatAreSignedAsCoturnDoesGetAnswersSignedTheSameWay) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  client.session_key = client.session_key->AsInCoturn();
  ASSERT_EQ(Allocate(client), 0);
  const auto reply = stun::MessageView::Parse(*h.reply);
  EXPECT_EQ(stun::CheckMessageIntegrity(*reply, client.session_key->bytes()),
            stun::IntegrityVerdict::kValid);
  EXPECT_EQ(h.Permit(client, "198.51.100.7:9"), 0);
  EXPECT_EQ(RefreshWithToken(client), 0);
  EXPECT_EQ(h.Refresh(client), 0);
}

TEST_F(CheckTokenTest, Rfc7635_9_LaterRequestsAreSignedWithTheSessionKeyAlone) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  ASSERT_EQ(Allocate(client), 0);
  EXPECT_EQ(h.Permit(client, "198.51.100.7:9"), 0);
  EXPECT_EQ(h.Bind(client, 0x4000, "198.51.100.7:9"), 0);
  EXPECT_EQ(h.Refresh(client), 0);
  // Another session key, although its token would be good: 401.
  ScriptedClient other = client;
  Give(other, {.session = 0x4C});
  EXPECT_EQ(h.Permit(other, "198.51.100.8:9"), 401);
  EXPECT_EQ(h.Ask(other, stun::Method::kCreatePermission, Token([](stun::MessageBuilder& b) {
              b.Add(turn::XorPeerAddress{Ep("198.51.100.8:9")});
            })),
            401);
  EXPECT_EQ(h.Refresh(other), 401);
}

TEST_F(CheckTokenTest, Rfc7635_9_NothingLivesLongerThanItsToken) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {.age_s = 900, .lifetime_s = 1000});
  ASSERT_EQ(Allocate(client), 0);
  EXPECT_EQ(Granted(), 105u) << "100 seconds, and 5 for the clocks";
  h.Advance(60s);
  EXPECT_EQ(h.Refresh(client, 600), 0) << "signed, but with no new token";
  EXPECT_EQ(Granted(), 45u);
  EXPECT_EQ(RefreshWithToken(client), 0) << "the same token again";
  EXPECT_EQ(Granted(), 45u);
  h.Advance(45s);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.events.ended, std::vector<EndReason>{EndReason::kExpired});
}

TEST_F(CheckTokenTest, Rfc7635_9_ANewTokenRefreshesAndItsSessionKeyCountsFromThenOn) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {.lifetime_s = 60});
  ASSERT_EQ(Allocate(client), 0);
  EXPECT_EQ(Granted(), 65u);
  const ScriptedClient before = client;
  Give(client, {.kid = "union", .key = std::vector<uint8_t>(16, 2), .session = 0x4C});
  EXPECT_EQ(RefreshWithToken(client), 0);
  EXPECT_EQ(Granted(), 600u);
  EXPECT_EQ(h.Permit(client, "198.51.100.7:9"), 0);
  ScriptedClient old = before;
  old.transactions = 1000;
  EXPECT_EQ(h.Permit(old, "198.51.100.8:9"), 401);
  h.Advance(100s);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
  EXPECT_EQ(h.Refresh(client, 0), 0);
  EXPECT_EQ(h.quota.total(), 0u) << "what was taken is given back, under whatever name";
}

TEST_F(CheckTokenTest, BothFamiliesOfADualAllocationGoOnWithTheNewToken) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {.lifetime_s = 60});
  ASSERT_EQ(h.Allocate(client, Token([](stun::MessageBuilder& b) {
              b.Add(turn::AdditionalAddressFamily{});
            })),
            0);
  ASSERT_EQ(h.relay().allocation_count(), 2u);
  Give(client, {.session = 0x4C});
  EXPECT_EQ(h.Ask(client, stun::Method::kRefresh, Token([](stun::MessageBuilder& b) {
              b.Add(turn::RequestedAddressFamily{stun::AddressFamily::kIpv6});
            })),
            0);
  EXPECT_EQ(h.Permit(client, "198.51.100.7:9"), 0);
  EXPECT_EQ(h.Permit(client, "[2001:db8::9]:9"), 0);
  EXPECT_EQ(h.Refresh(client), 0);
  h.Advance(100s);
  EXPECT_EQ(h.relay().allocation_count(), 2u);
}

TEST_F(CheckTokenTest, Rfc7635_7_WhatIsNoGoodTokenGets401AndALineThatSaysWhy) {
  struct Row {
    Grant grant;
    RefusalCause cause;
    std::string_view detail;
  };
  const Row rows[] = {
      {{.kid = "south"}, RefusalCause::kUnknownTokenKey, ""},
      {{.kid = "union"}, RefusalCause::kBadToken,
       "made with another key, for another server-name, or damaged"},
      {{.server = "turn.example.com"}, RefusalCause::kBadToken,
       "made with another key, for another server-name, or damaged"},
      {{.age_s = 1205}, RefusalCause::kExpiredToken, ""},
      {{.age_s = -1205}, RefusalCause::kExpiredToken, ""},
      {{.age_s = 5, .lifetime_s = 0}, RefusalCause::kExpiredToken, ""},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Allocate(row.grant), 401);
    ASSERT_FALSE(h.events.refused.empty());
    EXPECT_EQ(h.events.refused.back().cause, row.cause);
    EXPECT_EQ(h.events.refused.back().detail, row.detail);
    EXPECT_TRUE(h.ReplyHas(stun::attribute_type::kThirdPartyAuthorization));
    EXPECT_FALSE(h.ReplyHas(stun::attribute_type::kMessageIntegrity));
  }
  EXPECT_EQ(h.relay().counters().Refused(RefusalCause::kBadToken), 2u);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(Allocate({.age_s = 1204}), 0);
  EXPECT_EQ(Granted(), 1u);
  EXPECT_EQ(Allocate({.age_s = 4, .lifetime_s = 0}), 0);
}

TEST_F(CheckTokenTest, SomebodyElsesTokenIsOfNoUseWithoutItsSessionKey) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  client.session_key = LongTermKey::OfToken(std::vector<uint8_t>(20, 0x4C));
  EXPECT_EQ(Allocate(client), 401);
  EXPECT_EQ(h.events.refused.back().detail,
            "the request is not signed with the token's session key");
}

// THREATS.md: tokens of any size and content are safe (CVE-2026-43994).
TEST_F(CheckTokenTest, Cve2026_43994_TokensOfAnySizeAndContentGet401) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  h.LogIn(client);
  std::mt19937_64 random(11);
  for (size_t size = 0; size < 2500; size = size < 100 ? size + 1 : size + 97) {
    std::vector<uint8_t> value(size);
    for (uint8_t& byte : value) byte = static_cast<uint8_t>(random());
    for (const int announced : {-1, 0, 12, 256, 0xFFFF}) {
      if (announced >= 0 && size >= 2) {
        value[0] = static_cast<uint8_t>(announced >> 8);
        value[1] = static_cast<uint8_t>(announced);
      }
      EXPECT_EQ(h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp([&](auto& b) {
                  b.AddRaw(stun::attribute_type::kAccessToken, value);
                })),
                401)
          << size << " bytes, a nonce of " << announced;
    }
  }
  // Every truncation and every changed bit of a good one.
  std::vector<uint8_t> whole = {0, 12};
  whole.insert(whole.end(), nonce.begin(), nonce.end());
  whole.insert(whole.end(), block.begin(), block.end());
  const auto ask = [&](const std::vector<uint8_t>& value) {
    return h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp([&](auto& b) {
      b.AddRaw(stun::attribute_type::kAccessToken, value);
    }));
  };
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(ask({whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size)}), 401) << size;
  }
  for (size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::vector<uint8_t> changed = whole;
    changed[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    EXPECT_EQ(ask(changed), 401) << bit;
  }
  EXPECT_EQ(ask(whole), 0);
}

TEST_F(CheckTokenTest, Rfc7635_7_AnUnexpectedTokenIsAnUnknownAttribute) {
  h.config.third_party = false;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  EXPECT_EQ(Allocate(client), 420);
  EXPECT_EQ((*h.Get<stun::UnknownAttributes>())[0], stun::attribute_type::kAccessToken);
}

TEST_F(CheckTokenTest, UsersWithPasswordsGoOnBesideIt) {
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(alice), 0);
  ScriptedClient wrong = h.Client("192.0.2.2:50000", "alice", "guess");
  EXPECT_EQ(h.Allocate(wrong), 401);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kWrongPassword);
  // A token does not refresh a user's allocation, even under the user's name.
  h.config.token_keys.push_back({"alice", std::vector<uint8_t>(32, 1)});
  h.Reload();
  Give(alice, {.kid = "alice"});
  EXPECT_EQ(RefreshWithToken(alice), 441);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kNotTheOwner);
}

TEST_F(CheckTokenTest, QuotasCountTheRealmAndNoUserBecauseClientsShareAKid) {
  EXPECT_EQ(Allocate({}), 0);
  EXPECT_EQ(Allocate({.session = 0x4C}), 0);
  EXPECT_EQ(h.quota.used, (std::map<std::string, size_t>{{"", 2}}));
}

TEST_F(CheckTokenTest, APortReservedWithOneTokenIsRedeemedWithAnother) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  ASSERT_EQ(h.Allocate(client, Token([](stun::MessageBuilder& b) { b.Add(turn::EvenPort{true}); })),
            0);
  const turn::ReservationToken reserved = *h.Get<turn::ReservationToken>();
  ScriptedClient second = h.Client("192.0.2.1:50001");
  Give(second, {.session = 0x4C});
  EXPECT_EQ(h.Allocate(second, Token([&](stun::MessageBuilder& b) { b.Add(reserved); })), 0);
  EXPECT_EQ(h.quota.total(), 2u);
  EXPECT_EQ(h.Refresh(client, 0), 0);
  EXPECT_EQ(h.Refresh(second, 0), 0);
  EXPECT_EQ(h.quota.total(), 0u);
}

TEST_F(CheckTokenTest, AKeyThatIsGoneEndsNoAllocationButMakesNone) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  ASSERT_EQ(Allocate(client), 0);
  h.config.token_keys.clear();
  h.Reload();
  EXPECT_EQ(h.Refresh(client), 0);
  EXPECT_EQ(RefreshWithToken(client), 401);
  EXPECT_EQ(Allocate({}), 401);
}

TEST_F(CheckTokenTest, ATicketMovesWithItsOwnSessionKeyOnly) {
  h.config.mobility = true;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  ASSERT_EQ(h.Allocate(client, Token([](stun::MessageBuilder& b) {
              b.Add(stun::MobilityTicket{});
            })),
            0);
  const Bytes seen = h.Get<stun::MobilityTicket>()->ticket;
  const std::vector<uint8_t> ticket(seen.begin(), seen.end());
  const auto move = Token([&](stun::MessageBuilder& b) { b.Add(stun::MobilityTicket{ticket}); });
  // Somebody who has seen the ticket, with a good token of his own.
  ScriptedClient thief = h.Client("198.51.100.9:50000");
  Give(thief, {.session = 0x4C});
  h.LogIn(thief);
  EXPECT_EQ(h.Ask(thief, stun::Method::kRefresh, move), 441);
  ScriptedClient moved = h.Client("192.0.2.77:50000");
  Give(moved, {});
  h.LogIn(moved);
  EXPECT_EQ(h.Ask(moved, stun::Method::kRefresh, move), 0);
}

TEST_F(CheckTokenTest, ARetransmittedAllocateGetsTheSameAnswer) {
  ScriptedClient client = h.Client("192.0.2.1:50000");
  Give(client, {});
  h.LogIn(client);
  const Packet request = client.Request(stun::Method::kAllocate, RelayHarness::Udp(Token()));
  h.Send(client, request);
  ASSERT_EQ(h.Code(), 0);
  const Packet first = *h.reply;
  h.Send(client, request);
  EXPECT_EQ(*h.reply, first);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
}

}  // namespace
}  // namespace koeru::relay::testing
