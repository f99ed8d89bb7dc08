#include "native_server/main/media_side.h"

#include <gmock/gmock.h>

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

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

}  // namespace
}  // namespace koeru::server
