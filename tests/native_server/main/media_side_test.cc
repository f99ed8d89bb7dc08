#include "native_server/main/media_side.h"

#include <gmock/gmock.h>

#include "core/relay/shared_secret.h"

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr net::UnixTime kNow{1'700'000'000};

net::Address Ip(std::string_view text) { return *net::Address::Parse(text); }

std::vector<std::string> TextOf(const std::vector<MediaSession::Address>& addresses) {
  std::vector<std::string> text;
  for (const auto& address : addresses) {
    text.push_back((net::IsStream(address.transport) ? "tcp " : "") + address.local.ToString() +
                   " as " + address.advertised.ToString());
  }
  return text;
}

TEST(MediaAddresses, AreThoseOfTheInterfacesWhereTheRelayListensOnAll) {
  ServerOptions options;
  options.no_tcp = true;
  Machine machine;
  machine.addresses = {Ip("127.0.0.1"), Ip("192.0.2.7"), Ip("fe80::1"), Ip("2001:db8::7"),
                       Ip("169.254.1.1")};
  EXPECT_THAT(
      TextOf(MediaAddresses(options, machine, {})),
      ElementsAre("192.0.2.7:3478 as 192.0.2.7:3478", "[2001:db8::7]:3478 as [2001:db8::7]:3478"));
  options.demo = true;
  EXPECT_THAT(TextOf(MediaAddresses(options, machine, {})).back(), HasSubstr("127.0.0.1"));
}

TEST(MediaAddresses, ArePublicOnesBehindANat) {
  ServerOptions options;
  options.listening_ips = {Ip("10.0.0.5")};
  relay::RelayConfig config;
  config.relay_addresses = {{Ip("10.0.0.5"), Ip("198.51.100.5")}};
  EXPECT_THAT(
      TextOf(MediaAddresses(options, {}, config)),
      ElementsAre("10.0.0.5:3478 as 198.51.100.5:3478", "tcp 10.0.0.5:3478 as 198.51.100.5:3478"));
}

TEST(MediaAddresses, AreFewWhereTheMachineHasMany) {
  Machine machine;
  for (uint8_t i = 1; i < 100; ++i) machine.addresses.push_back(net::Address::V4(192, 0, 2, i));
  EXPECT_EQ(MediaAddresses({}, machine, {}).size(), 16u) << "eight for UDP, eight for TCP";
}

TEST(JudgeMediaCredential, TakesStaticUsers) {
  relay::RelayConfig config;
  config.realm = "r";
  config.users = {{.name = "anna", .password = "secret", .long_term_key = {}}};
  EXPECT_TRUE(JudgeMediaCredential(config, "anna", "secret", kNow).is_good);
  EXPECT_EQ(JudgeMediaCredential(config, "anna", "secret", kNow).user, "anna");
  EXPECT_THAT(JudgeMediaCredential(config, "anna", "other", kNow).reason, HasSubstr("wrong"));
  EXPECT_THAT(JudgeMediaCredential(config, "bert", "secret", kNow).reason, HasSubstr("wrong"));
  EXPECT_THAT(JudgeMediaCredential(config, "", "", kNow).reason, HasSubstr("wants"));
}

TEST(JudgeMediaCredential, TakesUsersOfWhomOnlyTheKeyIsKnown) {
  relay::RelayConfig config;
  config.realm = "r";
  const auto key = relay::LongTermKey::Derive(relay::KeyAlgorithm::kMd5, "anna", "r", "secret");
  config.users = {
      {.name = "anna", .password = "", .long_term_key = {key.bytes().begin(), key.bytes().end()}}};
  EXPECT_TRUE(JudgeMediaCredential(config, "anna", "secret", kNow).is_good);
  EXPECT_FALSE(JudgeMediaCredential(config, "anna", "", kNow).is_good);
}

TEST(JudgeMediaCredential, TakesTimeLimitedOnesUntilTheyExpire) {
  relay::RelayConfig config;
  config.shared_secrets = {"old", "new"};
  const auto credential = relay::MintCredential("new", "anna", {kNow.seconds + 10});
  EXPECT_EQ(JudgeMediaCredential(config, credential.username, credential.password, kNow).user,
            "anna");
  EXPECT_THAT(
      JudgeMediaCredential(config, credential.username, credential.password, {kNow.seconds + 11})
          .reason,
      HasSubstr("expired"));
  EXPECT_FALSE(JudgeMediaCredential(config, credential.username, "x", kNow).is_good);
}

TEST(JudgeMediaCredential, SaysWhichCredentialsItCannotJudge) {
  relay::RelayConfig config;
  config.user_lookup = true;
  EXPECT_THAT(JudgeMediaCredential(config, "anna", "secret", kNow).reason, HasSubstr("database"));
}

TEST(JudgeMediaCredential, AsksNobodyWhereTheRelayAsksNobody) {
  relay::RelayConfig config;
  config.anonymous = true;
  EXPECT_TRUE(JudgeMediaCredential(config, "", "", kNow).is_good);
}

}  // namespace
}  // namespace koeru::server
