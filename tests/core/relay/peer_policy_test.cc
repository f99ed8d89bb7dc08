#include "core/relay/peer_policy.h"

#include <gtest/gtest.h>

#include "core/relay/special_ranges.h"
#include "tests/core/relay/support/fakes.h"

namespace koeru::relay {
namespace {

net::Address At(std::string_view text) { return *net::Address::Parse(text); }

AddressRange Range(std::string_view first, std::string_view last, std::string origin) {
  return {At(first), At(last), std::move(origin)};
}

net::Address LastOf(const net::Prefix& prefix) {
  std::array<uint8_t, 16> bytes{};
  const Bytes first = prefix.address.bytes();
  std::copy(first.begin(), first.end(), bytes.begin());
  for (size_t bit = prefix.length; bit < first.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] | (0x80 >> (bit % 8)));
  }
  return net::Address::FromBytes(Bytes(bytes).first(first.size()));
}

// Every way to write an IPv4 address into an IPv6 one.
std::vector<net::Address> Disguises(const net::Address& v4) {
  const Bytes b = v4.bytes();
  const auto v6 = [&](std::string_view prefix, size_t at, uint8_t invert) {
    std::array<uint8_t, 16> bytes{};
    const net::Address base = At(prefix);
    std::copy(base.bytes().begin(), base.bytes().end(), bytes.begin());
    for (size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<uint8_t>(b[i] ^ invert);
    return net::Address::FromBytes(bytes);
  };
  return {v6("::ffff:0:0", 12, 0), v6("64:ff9b::", 12, 0), v6("2002::1", 2, 0),
          v6("2001:0:808:808::f7f7:f7f7", 4, 0),   // Teredo server, client 8.8.8.8
          v6("2001:0:808:808::", 12, 0xFF),        // Teredo client, server 8.8.8.8
          v6("64:ff9b:1::", 12, 0)};
}

TEST(PeerPolicy, DeniesTheFirstAndLastAddressOfEverySpecialRangeByDefault) {
  RelayConfig config;
  const PeerPolicy policy(config);
  for (const SpecialRange& range : SpecialRanges()) {
    for (const net::Address& address : {range.prefix.address, LastOf(range.prefix)}) {
      const PeerVerdict verdict = policy.Judge(address);
      EXPECT_TRUE(verdict.denied()) << address.ToString();
      EXPECT_FALSE(verdict.rule.empty()) << address.ToString();
    }
  }
}

TEST(PeerPolicy, AllowsThePublicInternet) {
  RelayConfig config;
  const PeerPolicy policy(config);
  EXPECT_TRUE(policy.Judge(At("8.8.8.8")).allowed());
  EXPECT_TRUE(policy.Judge(At("2606:4700::1111")).allowed());
}

// CVE-2020-26262, CVE-2026-27624.
TEST(PeerPolicy, DeniesDeniedIpv4AddressesInEveryDisguise) {
  RelayConfig config;
  const PeerPolicy policy(config);
  for (const SpecialRange& range : SpecialRanges()) {
    if (range.prefix.address.is_v6()) continue;
    for (const net::Address& address : Disguises(range.prefix.address)) {
      EXPECT_TRUE(policy.Judge(address).denied()) << address.ToString();
    }
  }
}

TEST(PeerPolicy, DeniesDisguisesEvenWhereTheOperatorOpenedTheirRanges) {
  RelayConfig config;
  for (std::string_view text : {"::ffff:0:0", "64:ff9b::", "2002::", "2001::"}) {
    const net::Prefix prefix{At(text), static_cast<uint8_t>(text == "2002::"    ? 16
                                                            : text == "2001::" ? 32
                                                                                : 96)};
    config.allowed_peers.push_back({prefix.address, LastOf(prefix), "test"});
  }
  config.denied_peers.push_back(Range("9.9.9.9", "9.9.9.9", "denied-peer-ip=9.9.9.9"));
  const PeerPolicy policy(config);
  EXPECT_TRUE(policy.Judge(At("::ffff:8.8.8.8")).allowed());
  EXPECT_TRUE(policy.Judge(At("64:ff9b::8.8.8.8")).allowed());
  for (std::string_view inside :
       {"127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "9.9.9.9"}) {
    for (const net::Address& address : Disguises(At(inside))) {
      const PeerVerdict verdict = policy.Judge(address);
      EXPECT_TRUE(verdict.denied()) << address.ToString();
      const bool closed_as_a_whole = address.ToString().starts_with("64:ff9b:1:");
      EXPECT_EQ(verdict.judged, closed_as_a_whole ? address : At(inside));
    }
  }
}

TEST(PeerPolicy, AnAllowedRangeWinsOverADeniedOneAndOverTheDefaultList) {
  RelayConfig config;
  config.denied_peers.push_back(Range("10.0.0.0", "10.255.255.255", "denied-peer-ip=10.0.0.0/8"));
  config.allowed_peers.push_back(Range("10.1.0.0", "10.1.0.255", "allowed-peer-ip=10.1.0.0/24"));
  const PeerPolicy policy(config);
  EXPECT_TRUE(policy.Judge(At("10.1.0.7")).allowed());
  EXPECT_TRUE(policy.Judge(At("10.1.1.0")).denied());
  EXPECT_TRUE(policy.Judge(At("192.168.1.1")).denied());
}

TEST(PeerPolicy, SaysWhichRuleDenied) {
  RelayConfig config;
  config.denied_peers.push_back(Range("8.8.8.0", "8.8.8.255", "denied-peer-ip=8.8.8.0/24, line 3"));
  const PeerPolicy policy(config);
  EXPECT_EQ(policy.Judge(At("8.8.8.8")).rule, "denied-peer-ip=8.8.8.0/24, line 3");
  EXPECT_EQ(policy.Judge(At("10.0.0.1")).rule, "private network (RFC 1918)");
  EXPECT_EQ(policy.Judge(At("::ffff:10.0.0.1")).judged, At("10.0.0.1"));
}

TEST(PeerPolicy, LoopbackOpensByItsOwnSwitchOnly) {
  RelayConfig config;
  config.allow_private_peers = true;
  EXPECT_TRUE(PeerPolicy(config).Judge(At("127.0.0.1")).denied());
  EXPECT_TRUE(PeerPolicy(config).Judge(At("::1")).denied());
  config.allow_loopback_peers = true;
  EXPECT_TRUE(PeerPolicy(config).Judge(At("127.0.0.1")).allowed());
  EXPECT_TRUE(PeerPolicy(config).Judge(At("::1")).allowed());
  EXPECT_TRUE(PeerPolicy(config).Judge(At("::ffff:127.0.0.1")).denied()) << "never in disguise";
}

TEST(PeerPolicy, DemoModeOpensPrivateNetworksButNotMetadataServicesOrMulticast) {
  RelayConfig config;
  config.allow_private_peers = true;
  const PeerPolicy policy(config);
  for (std::string_view text : {"10.0.0.1", "172.16.0.1", "192.168.1.1", "198.18.0.1", "fd00::1"}) {
    EXPECT_TRUE(policy.Judge(At(text)).allowed()) << text;
  }
  for (std::string_view text :
       {"169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "fe80::1", "ff02::1", "::"}) {
    EXPECT_TRUE(policy.Judge(At(text)).denied()) << text;
  }
}

TEST(PeerPolicy, OwnAddressesAreForLiveRelaysOnly) {
  RelayConfig config;
  testing::FakeLive live;
  config.live = &live;
  config.own_addresses = {At("9.1.1.1")};
  config.relay_addresses = {{At("10.0.0.5"), At("9.1.1.2")}};
  const PeerPolicy policy(config);
  for (std::string_view text : {"9.1.1.1", "9.1.1.2", "10.0.0.5"}) {
    EXPECT_EQ(policy.Judge(At(text)).kind, PeerVerdict::Kind::kOnlyLiveRelays) << text;
  }
  EXPECT_TRUE(policy.Judge(At("::ffff:9.1.1.1")).denied()) << "not in disguise";
}

TEST(PeerPolicy, OwnAddressesAreClosedWhenNobodyKnowsTheLiveRelays) {
  RelayConfig config;
  config.own_addresses = {At("9.1.1.1")};
  EXPECT_TRUE(PeerPolicy(config).Judge(At("9.1.1.1")).denied());
}

TEST(PeerPolicy, AnOwnAddressOpensByNameNotByARangeAroundIt) {
  RelayConfig config;
  config.own_addresses = {At("10.0.0.5")};
  config.allowed_peers.push_back(Range("10.0.0.0", "10.255.255.255", "range"));
  EXPECT_TRUE(PeerPolicy(config).Judge(At("10.0.0.5")).denied());
  EXPECT_TRUE(PeerPolicy(config).Judge(At("10.0.0.6")).allowed());
  config.allowed_peers.push_back(Range("10.0.0.5", "10.0.0.5", "by name"));
  EXPECT_TRUE(PeerPolicy(config).Judge(At("10.0.0.5")).allowed());
}

}  // namespace
}  // namespace koeru::relay
