#include "core/relay/nonce.h"

#include <gtest/gtest.h>

#include <set>

namespace koeru::relay {
namespace {

constexpr auto kSame = NonceMint::Ports::kTheSame;

using namespace std::chrono_literals;

constexpr net::UnixTime kNow{1'700'000'000};

net::ClientAddress Client(std::string_view text) { return {*net::Endpoint::Parse(text)}; }

class NonceTest : public ::testing::Test {
 protected:
  NonceTest() {
    config_.realm = "example.org";
    config_.nonce_key = std::vector<uint8_t>(32, 1);
  }
  NonceMint Mint() { return NonceMint(config_, {.password_algorithms = true}); }
  NonceVerdict Check(const NonceText& nonce, net::UnixTime at) {
    return Mint().Check(AsView(nonce), client_, kSame, at);
  }

  RelayConfig config_;
  net::ClientAddress client_ = Client("192.0.2.1:5000");
};

TEST_F(NonceTest, IsFreshForItsLifetimeAndExpiredFromThenOn) {
  const NonceText nonce = Mint().Make(client_, kNow);
  EXPECT_EQ(Check(nonce, kNow), NonceVerdict::kFresh);
  EXPECT_EQ(Check(nonce, {kNow.seconds + 599}), NonceVerdict::kFresh);
  EXPECT_EQ(Check(nonce, {kNow.seconds + 600}), NonceVerdict::kExpired);
  EXPECT_EQ(Check(nonce, {kNow.seconds + 5'000'000}), NonceVerdict::kExpired);
}

TEST_F(NonceTest, NeverExpiresWithALifetimeOfZero) {
  config_.nonce_lifetime = 0s;
  const NonceText nonce = Mint().Make(client_, kNow);
  EXPECT_EQ(Check(nonce, {kNow.seconds + 5'000'000}), NonceVerdict::kFresh);
}

TEST_F(NonceTest, OfTheFutureIsExpired) {
  const NonceText nonce = Mint().Make(client_, kNow);
  EXPECT_EQ(Check(nonce, {kNow.seconds - 1}), NonceVerdict::kExpired);
}

TEST_F(NonceTest, SurvivesTheWrapOf32BitSeconds) {
  const net::UnixTime before_wrap{0xFFFFFFFF};
  const NonceText nonce = Mint().Make(client_, before_wrap);
  EXPECT_EQ(Check(nonce, {before_wrap.seconds + 10}), NonceVerdict::kFresh);
}

TEST_F(NonceTest, FitsOneClientAddressPortKeyRealmAndOffer) {
  const NonceText nonce = Mint().Make(client_, kNow);
  const auto text = AsView(nonce);
  EXPECT_EQ(Mint().Check(text, Client("192.0.2.2:5000"), kSame, kNow), NonceVerdict::kForeign);
  EXPECT_EQ(Mint().Check(text, Client("192.0.2.1:5001"), kSame, kNow), NonceVerdict::kForeign);
  EXPECT_EQ(Mint().Check(text, Client("[::ffff:192.0.2.1]:5000"), kSame, kNow),
            NonceVerdict::kForeign);
  EXPECT_EQ(NonceMint(config_, {}).Check(text, client_, kSame, kNow), NonceVerdict::kForeign)
      << "who takes an offer away has a nonce that is not ours";
  RelayConfig other = config_;
  other.nonce_key[0] ^= 1;
  EXPECT_EQ(NonceMint(other, {.password_algorithms = true}).Check(text, client_, kSame, kNow),
            NonceVerdict::kForeign);
  other = config_;
  other.realm = "example.com";
  EXPECT_EQ(NonceMint(other, {.password_algorithms = true}).Check(text, client_, kSame, kNow),
            NonceVerdict::kForeign);
}

TEST_F(NonceTest, WithAnyCharacterChangedOrCutIsForeign) {
  const NonceText nonce = Mint().Make(client_, kNow);
  for (size_t i = 0; i < nonce.size(); ++i) {
    for (char c : {'A', 'z', '\0', '%', '='}) {
      NonceText changed = nonce;
      if (changed[i] == c) continue;
      changed[i] = c;
      EXPECT_EQ(Check(changed, kNow), NonceVerdict::kForeign) << i << " " << c;
    }
    EXPECT_EQ(Mint().Check(AsView(nonce).substr(0, i), client_, kSame, kNow),
              NonceVerdict::kForeign);
  }
}

TEST_F(NonceTest, IsPlainTextWithTheFeatureBitsInFront) {
  const NonceText nonce = Mint().Make(client_, kNow);
  const auto features = stun::ParseNonceCookie(AsView(nonce));
  ASSERT_TRUE(features);
  EXPECT_TRUE(features->password_algorithms);
  EXPECT_FALSE(features->username_anonymity);
  for (char c : nonce) EXPECT_TRUE(std::isalnum(c) || c == '+' || c == '/') << c;
}

// RFC 8489 section 9.2.4: "The server MUST NOT choose the same NONCE for two requests unless they
// have the same source IP address and port".
TEST_F(NonceTest, DiffersFromClientToClient) {
  std::set<NonceText> seen;
  for (uint16_t port = 1; port <= 1000; ++port) {
    seen.insert(Mint().Make({{client_.endpoint.address, port}}, kNow));
  }
  EXPECT_EQ(seen.size(), 1000u);
}

// RFC 8489 section 9.2.4, and RFC 6062 section 4.3: a client opens further connections.
TEST_F(NonceTest, OverTcpItIsTakenBackFromAnyPortOfTheAddressAndDiffersForEachAllTheSame) {
  const NonceText nonce = Mint().Make(client_, kNow);
  const NonceText other = Mint().Make(Client("192.0.2.1:5001"), kNow);
  EXPECT_NE(AsView(nonce), AsView(other));
  constexpr auto kAny = NonceMint::Ports::kAny;
  EXPECT_EQ(Mint().Check(AsView(nonce), Client("192.0.2.1:5001"), kAny, kNow),
            NonceVerdict::kFresh);
  EXPECT_EQ(Mint().Check(AsView(nonce), Client("192.0.2.2:5000"), kAny, kNow),
            NonceVerdict::kForeign);
  NonceText changed = nonce;
  changed[20] = changed[20] == 'A' ? 'B' : 'A';  // in the port
  EXPECT_EQ(Mint().Check(AsView(changed), client_, kAny, kNow), NonceVerdict::kForeign);
}

}  // namespace
}  // namespace koeru::relay
