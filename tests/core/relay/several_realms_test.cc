// Several realms: ORIGIN leads to one, REALM names it, and each has its own users, secrets, peers,
// quotas and bandwidth.

#include <gtest/gtest.h>

#include "core/relay/shared_secret.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "core/stun/attributes/origin.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

using LookUp = Relay::LookUp;

Attributes From(std::string_view origin, const Attributes& more = nullptr) {
  return [origin, more](stun::MessageBuilder& b) {
    b.Add(stun::Origin{origin});
    if (more) more(b);
  };
}

class SeveralRealmsTest : public ::testing::Test {
 protected:
  SeveralRealmsTest() {
    h.config.user_lookup = true;
    h.config.other_realms = {
        {.name = "crinna.org",
         .shared_secrets = {"library"},
         .denied_peers = {{At("198.51.100.7"), At("198.51.100.7"), "denied in crinna.org"}},
         .max_bytes_per_second = 4000},
        {.name = "north.gov", .shared_secrets = {"north"}}};
    h.config.realm_by_origin = {{"http://crinna.org:80", "crinna.org"},
                                {"https://bligh.edu:443", "crinna.org"},
                                {"https://north.gov:443", "north.gov"},
                                {"https://lost.example:443", "nowhere"}};
  }

  // The realm of the 401 that an Allocate request with that ORIGIN gets.
  std::string RealmFor(std::string_view origin) {
    ScriptedClient client = h.Client("192.0.2.200:50000");
    EXPECT_EQ(h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp(From(origin))), 401);
    return std::string(h.Get<stun::Realm>()->text);
  }
  // A client of a page in crinna.org.
  ScriptedClient Crinna(std::string_view address, std::string name = "whirrun",
                        std::string password = "sword") {
    ScriptedClient client = h.Client(address, std::move(name), std::move(password));
    client.realm = "crinna.org";
    return client;
  }
  int Allocate(ScriptedClient& client, std::string_view origin = "http://crinna.org") {
    if (client.nonce.empty()) {
      const int challenge =
          h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp(From(origin)));
      if (challenge != 401) return challenge;
      client.nonce = h.Get<stun::Nonce>()->text;
    }
    return h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp(From(origin)));
  }
  ScriptedClient TimeLimited(std::string_view address, std::string_view secret,
                             std::string_view realm) {
    const auto minted = MintCredential(secret, "anna", {h.wall.seconds + 600});
    ScriptedClient client = h.Client(address, minted.username, minted.password);
    client.realm = realm;
    return client;
  }

  RelayHarness h;
};

TEST_F(SeveralRealmsTest, OriginChoosesTheRealmOfTheChallenge) {
  EXPECT_EQ(RealmFor("http://crinna.org"), "crinna.org");
  EXPECT_EQ(RealmFor("HTTPS://Bligh.edu:443/page"), "crinna.org");
  EXPECT_EQ(RealmFor("https://north.gov"), "north.gov");
  EXPECT_EQ(RealmFor("https://nobody.example"), "example.org") << "unknown: the default realm";
  EXPECT_EQ(RealmFor("https://lost.example"), "example.org") << "of a realm that is not there";
  EXPECT_EQ(RealmFor("null"), "example.org");
  ScriptedClient client = h.Client("192.0.2.1:50000");
  h.LogIn(client);
  EXPECT_EQ(h.Get<stun::Realm>()->text, "example.org") << "no ORIGIN at all";
}

// Pages in frames, and coturn's client, send several: the first that leads somewhere counts.
TEST_F(SeveralRealmsTest, OfSeveralOriginsTheFirstThatLeadsToARealmCounts) {
  const auto realm_of = [&](const std::vector<std::string_view>& origins) {
    ScriptedClient client = h.Client("192.0.2.200:50000");
    EXPECT_EQ(h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp([&](auto& b) {
                for (const std::string_view origin : origins) b.Add(stun::Origin{origin});
              })),
              401);
    return std::string(h.Get<stun::Realm>()->text);
  };
  EXPECT_EQ(realm_of({"https://carleon.gov:443", "http://crinna.org", "https://north.gov"}),
            "crinna.org");
  EXPECT_EQ(realm_of({"https://lost.example", "https://north.gov", "http://crinna.org"}),
            "north.gov");
  std::vector<std::string_view> many(8, "https://carleon.gov");
  many.push_back("http://crinna.org");
  EXPECT_EQ(realm_of(many), "example.org") << "a flood of them is not looked through";
}

TEST_F(SeveralRealmsTest, AUserIsLookedUpInTheRealmAndKnownThereOnly) {
  ScriptedClient whirrun = Crinna("192.0.2.1:50000");
  EXPECT_EQ(Allocate(whirrun), -1);
  ASSERT_EQ(h.asked.size(), 1u);
  EXPECT_EQ(h.asked[0].realm, "crinna.org");
  EXPECT_EQ(h.asked[0].name, "whirrun");
  h.Answer(LookUp::kFound, "sword");
  EXPECT_EQ(h.Code(), 0);
  EXPECT_EQ(h.quota.used_by_account.at("whirrun@crinna.org"), 1u);

  // The same name in the default realm is somebody else.
  ScriptedClient other = h.Client("192.0.2.2:50000", "whirrun", "sword");
  EXPECT_EQ(h.Allocate(other), -1);
  ASSERT_EQ(h.asked.size(), 2u);
  EXPECT_EQ(h.asked[1].realm, "example.org");
  h.Answer(LookUp::kAbsent);
  EXPECT_EQ(h.Code(), 401);
  ScriptedClient again = Crinna("192.0.2.3:50000");
  EXPECT_EQ(Allocate(again), 0) << "still known in crinna.org";
  EXPECT_EQ(h.asked.size(), 2u);
}

TEST_F(SeveralRealmsTest, UsersOfTheFileBelongToTheDefaultRealm) {
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(alice), 0);
  ScriptedClient elsewhere = Crinna("192.0.2.2:50000", "alice", "secret");
  EXPECT_EQ(Allocate(elsewhere), -1);
  EXPECT_EQ(h.asked.back().realm, "crinna.org");
  h.Answer(LookUp::kAbsent);
  EXPECT_EQ(h.Code(), 401);
}

TEST_F(SeveralRealmsTest, SecretsCountInTheirRealmOnly) {
  ScriptedClient right = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  EXPECT_EQ(Allocate(right), 0);
  ScriptedClient wrong = TimeLimited("192.0.2.2:50000", "north", "crinna.org");
  EXPECT_EQ(Allocate(wrong), 401);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kWrongPassword);
  ScriptedClient north = TimeLimited("192.0.2.3:50000", "north", "north.gov");
  EXPECT_EQ(Allocate(north, "https://north.gov"), 0);
}

TEST_F(SeveralRealmsTest, ARealmThatDoesNotExistGets401WithOneThatDoes) {
  ScriptedClient client = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  ASSERT_EQ(h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp(From("http://crinna.org"))),
            401);
  client.nonce = h.Get<stun::Nonce>()->text;
  client.realm = "crinna.com";
  EXPECT_EQ(Allocate(client), 401);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kUnknownRealm);
  EXPECT_EQ(h.Get<stun::Realm>()->text, "crinna.org");
}

TEST_F(SeveralRealmsTest, ANonceIsOfOneRealm) {
  ScriptedClient client = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  h.LogIn(client);  // without ORIGIN: a nonce of the default realm
  EXPECT_EQ(Allocate(client), 438);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kForeignNonce);
  EXPECT_EQ(h.Get<stun::Realm>()->text, "crinna.org") << "goes on in the realm it named";
  client.nonce = h.Get<stun::Nonce>()->text;
  EXPECT_EQ(Allocate(client), 0);
}

TEST_F(SeveralRealmsTest, PeersAndBandwidthAreTheRealms) {
  ScriptedClient anna = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  ASSERT_EQ(Allocate(anna), 0);
  EXPECT_EQ(h.relay().BandwidthOf(h.opened.back().allocation), 4000u);
  EXPECT_EQ(h.Permit(anna, "198.51.100.7:9"), 403);
  EXPECT_EQ(h.events.refused.back().detail, "denied in crinna.org");
  EXPECT_EQ(h.Permit(anna, "198.51.100.8:9"), 0);
  ScriptedClient alice = h.Client("192.0.2.2:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.relay().BandwidthOf(h.opened.back().allocation), 0u);
  EXPECT_EQ(h.Permit(alice, "198.51.100.7:9"), 0);
}

TEST_F(SeveralRealmsTest, TheOwnersNameInAnotherRealmIsNotTheOwner) {
  ScriptedClient anna = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  ASSERT_EQ(Allocate(anna), 0);
  ScriptedClient impostor = anna;
  const auto minted = PasswordFromSecret("north", anna.username);
  impostor.realm = "north.gov";
  impostor.password = minted;
  impostor.nonce.clear();
  ASSERT_EQ(h.Ask(impostor, stun::Method::kAllocate, RelayHarness::Udp(From("https://north.gov"))),
            401);
  impostor.nonce = h.Get<stun::Nonce>()->text;
  EXPECT_EQ(h.Refresh(impostor, 0), 441);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
}

TEST_F(SeveralRealmsTest, WatchersSeeTheRealmOfEachAllocation) {
  ScriptedClient anna = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  ScriptedClient alice = h.Client("192.0.2.2:50000");
  ASSERT_EQ(Allocate(anna), 0);
  ASSERT_EQ(h.Allocate(alice), 0);
  std::set<std::string> realms;
  h.relay().Survey(0, 100, h.now, [&](const AllocationStatus& one) {
    realms.insert(std::string(one.realm));
  });
  EXPECT_EQ(realms, (std::set<std::string>{"crinna.org", "example.org"}));
}

TEST_F(SeveralRealmsTest, ARealmThatGoesAwayTakesNoNewAllocationAndGivesItsQuotaBack) {
  ScriptedClient anna = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  ASSERT_EQ(Allocate(anna), 0);
  h.config.other_realms.clear();
  h.config.realm_by_origin.clear();
  h.Reload();
  EXPECT_EQ(h.Refresh(anna), 438);
  EXPECT_EQ(h.Get<stun::Realm>()->text, "example.org");
  anna.nonce = h.Get<stun::Nonce>()->text;
  EXPECT_EQ(h.Refresh(anna), 401);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kUnknownRealm);
  EXPECT_EQ(h.RouteSend(anna, "198.51.100.8:9", "hi").drop, Drop::kNoPermission) << "still there";
  h.Advance(600s);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.quota.total(), 0u);
}

// THREATS.md: what strangers send grows nothing.
TEST_F(SeveralRealmsTest, MadeUpOriginsAndRealmsLeaveNothingBehind) {
  h.config.amplification_bytes_per_second = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::string origin = "https://" + std::to_string(i) + ".example";
    ScriptedClient client = h.Client("192.0.2.1:" + std::to_string(10000 + i));
    client.realm = origin;
    EXPECT_EQ(h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp(From(origin))), 401);
    client.nonce = h.Get<stun::Nonce>()->text;
    EXPECT_EQ(h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp(From(origin))), 401);
  }
  EXPECT_TRUE(h.asked.empty());
  EXPECT_TRUE(h.quota.used.empty());
  EXPECT_EQ(h.relay().counters().Refused(RefusalCause::kUnknownRealm), 5000u);
}

TEST_F(SeveralRealmsTest, WithTheCheckOnOriginStaysTheSameWithinAnAllocation) {
  h.config.check_origin = true;
  ScriptedClient anna = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  ASSERT_EQ(Allocate(anna), 0);
  const auto peer = [](stun::MessageBuilder& b) {
    b.Add(turn::XorPeerAddress{Ep("198.51.100.8:9")});
  };
  EXPECT_EQ(h.Ask(anna, stun::Method::kCreatePermission, From("http://crinna.org", peer)), 0);
  EXPECT_EQ(h.Ask(anna, stun::Method::kCreatePermission, From("https://bligh.edu", peer)), 441);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kOriginChanged);
  EXPECT_EQ(h.Permit(anna, "198.51.100.8:9"), 441) << "none is not the same";
  EXPECT_EQ(h.Ask(anna, stun::Method::kRefresh, From("http://crinna.org")), 0);
  EXPECT_EQ(h.Refresh(anna), 441);
  // Who never sends one does not need to begin.
  ScriptedClient alice = h.Client("192.0.2.2:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.Refresh(alice), 0);
  EXPECT_EQ(h.Ask(alice, stun::Method::kRefresh, From("http://crinna.org")), 441);
}

TEST_F(SeveralRealmsTest, WithoutTheCheckOriginMayChange) {
  ScriptedClient anna = TimeLimited("192.0.2.1:50000", "library", "crinna.org");
  ASSERT_EQ(Allocate(anna), 0);
  EXPECT_EQ(h.Ask(anna, stun::Method::kRefresh, From("https://north.gov")), 0);
  EXPECT_EQ(h.Refresh(anna), 0);
}

// coturn: an oauth_key may name a realm; its clients are counted there.
TEST_F(SeveralRealmsTest, AnAccessTokenIsOfItsKeysRealm) {
  h.config.third_party = true;
  h.config.token_keys = {{"north", std::vector<uint8_t>(32, 1), {}, "crinna.org"}};
  ScriptedClient client = h.Client("192.0.2.1:50000", "north");
  client.session_key = LongTermKey::OfToken(std::vector<uint8_t>(20, 0x4B));
  const std::vector<uint8_t> nonce(12, 9);
  const auto block = SealAccessToken({*client.session_key, h.wall, 600}, nonce,
                                     std::vector<uint8_t>(32, 1), "example.org");
  const Attributes token = [&](stun::MessageBuilder& b) {
    b.Add(stun::AccessToken{nonce, block});
  };
  ASSERT_EQ(h.Allocate(client, token), 0);
  EXPECT_EQ(h.relay().BandwidthOf(h.opened.back().allocation), 4000u);
  EXPECT_EQ(h.Permit(client, "198.51.100.7:9"), 403);
  EXPECT_EQ(h.Permit(client, "198.51.100.8:9"), 0);
  EXPECT_EQ(h.Ask(client, stun::Method::kRefresh, token), 0);
  std::string realm;
  h.relay().Survey(0, 100, h.now, [&](const AllocationStatus& one) { realm = one.realm; });
  EXPECT_EQ(realm, "crinna.org");
}

}  // namespace
}  // namespace koeru::relay::testing
