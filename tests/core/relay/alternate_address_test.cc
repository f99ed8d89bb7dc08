#include "core/relay/alternate_address.h"

#include <gtest/gtest.h>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

using stun::ChangeRequest;

RelayConfig TwoAddresses() {
  RelayConfig config;
  config.alternate_pairs = {
      {{{{At("10.0.0.1"), At("5.5.5.1")}, {At("10.0.0.2"), At("5.5.5.2")}}}, {3478, 3479}, 1500}};
  return config;
}

TEST(AlternateAddress, Rfc5780_6_1_Table1) {
  const RelayConfig config = TwoAddresses();
  struct Row {
    const char *asked, *none, *ip, *port, *both;
  };
  for (const Row& row : {Row{"10.0.0.1:3478", "10.0.0.1:3478", "10.0.0.2:3478", "10.0.0.1:3479",
                             "10.0.0.2:3479"},
                         Row{"10.0.0.1:3479", "10.0.0.1:3479", "10.0.0.2:3479", "10.0.0.1:3478",
                             "10.0.0.2:3478"},
                         Row{"10.0.0.2:3478", "10.0.0.2:3478", "10.0.0.1:3478", "10.0.0.2:3479",
                             "10.0.0.1:3479"},
                         Row{"10.0.0.2:3479", "10.0.0.2:3479", "10.0.0.1:3479", "10.0.0.2:3478",
                             "10.0.0.1:3478"}}) {
    const auto place = AlternateAddress::Of(config, {Ep(row.asked)});
    ASSERT_TRUE(place.has_value()) << row.asked;
    EXPECT_EQ(place->Source(ChangeRequest{false, false}).endpoint, Ep(row.none));
    EXPECT_EQ(place->Source(ChangeRequest{true, false}).endpoint, Ep(row.ip));
    EXPECT_EQ(place->Source(ChangeRequest{false, true}).endpoint, Ep(row.port));
    EXPECT_EQ(place->Source(ChangeRequest{true, true}).endpoint, Ep(row.both));
  }
}

TEST(AlternateAddress, IsToldToClientsAsTheyKnowIt) {
  const RelayConfig config = TwoAddresses();
  const auto place = AlternateAddress::Of(config, {Ep("10.0.0.1:3478")});
  EXPECT_EQ(place->Origin(ChangeRequest{}), Ep("5.5.5.1:3478"));
  EXPECT_EQ(place->Origin(ChangeRequest{true, false}), Ep("5.5.5.2:3478"));
  EXPECT_EQ(place->Other(), Ep("5.5.5.2:3479"));
}

TEST(AlternateAddress, EveryOtherEndpointHasNone) {
  const RelayConfig config = TwoAddresses();
  for (const char* other : {"10.0.0.3:3478", "10.0.0.1:5349", "[::1]:3478"}) {
    EXPECT_FALSE(AlternateAddress::Of(config, {Ep(other)}).has_value()) << other;
  }
  EXPECT_FALSE(AlternateAddress::Of(RelayConfig(), {Ep("10.0.0.1:3478")}).has_value());
}

TEST(AlternateAddress, Rfc5780_6_1_RoundsThePaddingUpToAMultipleOfFour) {
  RelayConfig config = TwoAddresses();
  const auto padding = [&](size_t mtu) {
    config.alternate_pairs[0].mtu = mtu;
    return AlternateAddress::Of(config, {Ep("10.0.0.1:3478")})->padding();
  };
  EXPECT_EQ(padding(1500), 1500u);
  EXPECT_EQ(padding(1281), 1284u);
}

}  // namespace
}  // namespace koeru::relay::testing
