// RFC 8489 section 9.2.4.

#include "core/relay/authenticate.h"

#include <gtest/gtest.h>

#include "core/relay/shared_secret.h"
#include "core/stun/attribute_type.h"
#include "core/stun/integrity.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

namespace attribute_type = stun::attribute_type;
constexpr auto kAllocate = stun::Method::kAllocate;

// A request with these attributes and a valid integrity attribute behind them.
Packet Signed(ScriptedClient& client, const Attributes& add) {
  std::vector<uint8_t> buffer(2048);
  stun::MessageBuilder b(buffer, {kAllocate, stun::Class::kRequest}, client.NextId());
  b.Add(turn::RequestedTransport{turn::kProtocolUdp});
  add(b);
  b.AddMessageIntegrity(client.Key().bytes());
  const Bytes message = b.Finish();
  return {message.begin(), message.end()};
}

TEST(Authenticate, AWrongUserAndAWrongPasswordLookTheSame) {
  RelayHarness h;
  ScriptedClient stranger = h.Client("192.0.2.1:50000", "mallory", "secret");
  ScriptedClient guesser = h.Client("192.0.2.1:50000", "alice", "guess");
  h.LogIn(stranger);
  guesser.nonce = stranger.nonce;
  const auto id = stranger.NextId();
  h.Send(stranger, stranger.Request(kAllocate, RelayHarness::Udp(), id));
  ASSERT_EQ(h.Code(), 401);
  const Packet first = *h.reply;
  h.Send(guesser, guesser.Request(kAllocate, RelayHarness::Udp(), id));
  EXPECT_EQ(*h.reply, first) << "byte for byte";
  EXPECT_TRUE(h.ReplyHas(attribute_type::kRealm));
  EXPECT_TRUE(h.ReplyHas(attribute_type::kNonce));
  EXPECT_FALSE(h.ReplyHas(attribute_type::kMessageIntegrity));
  // The operator can tell them apart.
  ASSERT_EQ(h.events.refused.size(), 2u);
  EXPECT_EQ(h.events.refused[0].cause, RefusalCause::kUnknownUser);
  EXPECT_EQ(h.events.refused[0].username, "mallory");
  EXPECT_EQ(h.events.refused[1].cause, RefusalCause::kWrongPassword);
}

// "missing either the USERNAME or USERHASH, REALM, or NONCE attribute": 400, without REALM or
// NONCE.
TEST(Authenticate, IntegrityWithoutItsCompanionsIsABadRequest) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  const stun::Username username{"alice"};
  const stun::Realm realm{"example.org"};
  const stun::Nonce nonce{alice.nonce};
  const Attributes incomplete[] = {
      [&](auto& b) { b.Add(realm), b.Add(nonce); },
      [&](auto& b) { b.Add(username), b.Add(nonce); },
      [&](auto& b) { b.Add(username), b.Add(realm); },
      [&](auto& b) { b.AddRaw(attribute_type::kUserhash, {}), b.Add(realm), b.Add(nonce); },
  };
  for (const Attributes& add : incomplete) {
    h.Send(alice, Signed(alice, add));
    EXPECT_EQ(h.Code(), 400);
    EXPECT_FALSE(h.ReplyHas(attribute_type::kNonce));
  }
}

TEST(Authenticate, AStaleNonceGets438WithAFreshOne) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  h.Advance(600s);
  EXPECT_EQ(h.Ask(alice, kAllocate, RelayHarness::Udp()), 438);
  EXPECT_EQ(h.Get<stun::Realm>()->text, "example.org");
  EXPECT_TRUE(h.ReplyHas(attribute_type::kPasswordAlgorithms));
  alice.nonce = h.Get<stun::Nonce>()->text;
  EXPECT_EQ(h.Ask(alice, kAllocate, RelayHarness::Udp()), 0);
}

// The order of section 9.2.4: 401 comes before 438.
TEST(Authenticate, AStaleNonceWithAWrongPasswordGets401) {
  RelayHarness h;
  ScriptedClient mallory = h.Client("192.0.2.1:50000", "alice", "guess");
  h.LogIn(mallory);
  h.Advance(600s);
  EXPECT_EQ(h.Ask(mallory, kAllocate, RelayHarness::Udp()), 401);
}

TEST(Authenticate, ANonceOfAnotherClientAddressGets438) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  ScriptedClient elsewhere = h.Client("192.0.2.1:50001");
  elsewhere.nonce = alice.nonce;
  EXPECT_EQ(h.Ask(elsewhere, kAllocate, RelayHarness::Udp()), 438);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kForeignNonce);
}

TEST(Authenticate, AChangedMessageFails) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  Packet request = alice.Request(kAllocate, RelayHarness::Udp());
  request.back() ^= 1;
  h.Send(alice, request);
  EXPECT_EQ(h.Code(), 401);
}

TEST(Authenticate, AttributesBehindMessageIntegrityAreIgnored) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  Packet request = alice.Request(kAllocate);  // no REQUESTED-TRANSPORT
  // Behind the integrity attribute, and counted in the header's length.
  const Packet extra = {0x00, 0x19, 0x00, 0x04, 17, 0, 0, 0};
  request.insert(request.end(), extra.begin(), extra.end());
  const size_t length = request.size() - 20;
  request[2] = static_cast<uint8_t>(length >> 8);
  request[3] = static_cast<uint8_t>(length);
  h.Send(alice, request);
  EXPECT_EQ(h.Code(), 400) << "authenticated, but REQUESTED-TRANSPORT is not seen";
}

TEST(Authenticate, TakesEverySharedSecretUntilTheCredentialExpires) {
  RelayHarness h;
  h.config.shared_secrets = {"new", "old"};
  const auto c = MintCredential("old", "carol", {h.wall.seconds + 60});
  ScriptedClient carol = h.Client("192.0.2.1:50000", c.username, c.password);
  ASSERT_EQ(h.Allocate(carol), 0);
  // A call outlasts the credential that began it; a new allocation needs a new one.
  h.Advance(61s);
  EXPECT_EQ(h.Refresh(carol), 0);
  ScriptedClient again = h.Client("192.0.2.1:50001", c.username, c.password);
  EXPECT_EQ(h.Allocate(again), 401);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kExpiredCredential);
}

TEST(Authenticate, AForgedExpiredCredentialIsAWrongPassword) {
  RelayHarness h;
  h.config.shared_secrets = {"north"};
  ScriptedClient mallory = h.Client("192.0.2.1:50000", "1:mallory", "guess");
  EXPECT_EQ(h.Allocate(mallory), 401);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kWrongPassword);
}

TEST(Authenticate, Rfc8489ClientsLogInWithSha256AndUserhash) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  const auto features = stun::ParseNonceCookie(alice.nonce);
  ASSERT_TRUE(features && features->password_algorithms && features->username_anonymity);
  EXPECT_TRUE(h.Get<stun::PasswordAlgorithms>()->Has(stun::password_algorithm::kSha256));
  alice.sha256 = alice.userhash = true;
  ASSERT_EQ(h.Allocate(alice), 0);
  const auto message = stun::MessageView::Parse(*h.reply);
  EXPECT_EQ(stun::CheckMessageIntegritySha256(*message, alice.Key().bytes()),
            stun::IntegrityVerdict::kValid);
  EXPECT_FALSE(h.ReplyHas(attribute_type::kMessageIntegrity));
  EXPECT_EQ(h.Permit(alice, "198.51.100.7:9"), 0);
  EXPECT_EQ(h.events.created, std::vector<std::string>{"alice"});
}

TEST(Authenticate, AnUnknownUserhashGets401) {
  RelayHarness h;
  ScriptedClient mallory = h.Client("192.0.2.1:50000", "mallory", "secret");
  mallory.sha256 = mallory.userhash = true;
  EXPECT_EQ(h.Allocate(mallory), 401);
}

// Bid-down protection: what the client repeats must be what the server offered.
TEST(Authenticate, ADowngradedOfferIsABadRequest) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  const stun::PasswordAlgorithm md5{stun::password_algorithm::kMd5, {}};
  const stun::PasswordAlgorithm sha256{stun::password_algorithm::kSha256, {}};
  const stun::PasswordAlgorithm other{0x1234, {}};
  const std::array only_md5 = {md5};
  const std::array both = {sha256, md5};
  const auto credentials = [&](stun::MessageBuilder& b) {
    b.Add(stun::Username{"alice"});
    b.Add(stun::Realm{"example.org"});
    b.Add(stun::Nonce{alice.nonce});
  };
  const Attributes wrong[] = {
      [&](auto& b) { b.Add(stun::PasswordAlgorithms::Of(only_md5)), b.Add(md5); },
      [&](auto& b) { b.Add(md5); },
      [&](auto& b) { b.Add(stun::PasswordAlgorithms::Of(both)); },
      [&](auto& b) { b.Add(stun::PasswordAlgorithms::Of(both)), b.Add(other); },
      [&](auto& b) { b.AddRaw(attribute_type::kPasswordAlgorithm, {}); },
  };
  for (const Attributes& add : wrong) {
    h.Send(alice, Signed(alice, [&](auto& b) { credentials(b), add(b); }));
    EXPECT_EQ(h.Code(), 400);
    EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kBadPasswordAlgorithm);
  }
  // MD5 by choice, from the whole offer, is right.
  h.Send(alice, Signed(alice, [&](auto& b) {
           credentials(b), b.Add(stun::PasswordAlgorithms::Of(both)), b.Add(md5);
         }));
  EXPECT_EQ(h.Code(), 0);
  EXPECT_TRUE(h.ReplyHas(attribute_type::kMessageIntegritySha256));
}

TEST(Authenticate, ANonceWithItsOfferStrippedGets438) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  alice.nonce.replace(9, 4, "AAAA");  // no security features
  EXPECT_EQ(h.Ask(alice, kAllocate, RelayHarness::Udp()), 438);
}

TEST(Authenticate, OffersNoSha256WhereOnlyMd5KeysAreKnown) {
  RelayHarness h;
  const LongTermKey key =
      LongTermKey::Derive(KeyAlgorithm::kMd5, "dave", "example.org", "secret");
  h.config.users = {{"dave", "", {key.bytes().begin(), key.bytes().end()}}};
  ScriptedClient dave = h.Client("192.0.2.1:50000", "dave");
  h.LogIn(dave);
  EXPECT_FALSE(h.ReplyHas(attribute_type::kPasswordAlgorithms));
  EXPECT_EQ(h.Allocate(dave), 0);
}

}  // namespace
}  // namespace koeru::relay::testing
