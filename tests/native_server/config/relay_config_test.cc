// From options and this machine's addresses to the relay's configuration.

#include "native_server/config/relay_config.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/net/five_tuple.h"

namespace koeru::server {
namespace {

class FixedRandom final : public relay::RandomSource {
 public:
  void Fill(MutableBytes bytes) override { std::fill(bytes.begin(), bytes.end(), uint8_t{7}); }
};

net::Address A(std::string_view text) { return *net::Address::Parse(text); }

Machine TestMachine() {
  return {.addresses = {A("127.0.0.1"), A("::1"), A("10.0.0.5"), A("192.168.7.7"), A("fe80::1"),
                        A("2001:db8::5")},
          .default_source = {A("192.168.7.7")},
          .host_name = "host",
          .cpus = 4};
}

absl::StatusOr<relay::RelayConfig> Make(const ServerOptions& options,
                                        const Machine& machine = TestMachine()) {
  FixedRandom random;
  return MakeRelayConfig(options, machine, random);
}

std::string RelayAddresses(const relay::RelayConfig& config) {
  std::string text;
  for (const relay::RelayAddress& a : config.relay_addresses) {
    text += a.local.ToString() + ">" + a.advertised.ToString() + " ";
  }
  return text;
}

TEST(RelayConfig, RelaysFromTheAddressTowardsTheInternetByDefault) {
  const auto config = Make({});
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(RelayAddresses(*config), "192.168.7.7>192.168.7.7 2001:db8::5>2001:db8::5 ");
}

TEST(RelayConfig, ListeningAddressesAreRelayAddressesUnlessOthersAreGiven) {
  ServerOptions o;
  o.listening_ips = {A("10.0.0.5"), A("0.0.0.0")};
  EXPECT_EQ(RelayAddresses(*Make(o)), "10.0.0.5>10.0.0.5 ");
  o.relay_ips = {A("2001:db8::5")};
  EXPECT_EQ(RelayAddresses(*Make(o)), "2001:db8::5>2001:db8::5 ");
}

TEST(RelayConfig, ListensForDtlsBesideUdpWhereThereIsACertificate) {
  const auto ports = [](const ServerOptions& o) {
    std::vector<uint16_t> found;
    for (const net::Endpoint& endpoint : UdpEndpoints(o, TestMachine())) {
      if (endpoint.address.is_v4()) found.push_back(endpoint.port);
    }
    return found;
  };
  using Ports = std::vector<uint16_t>;
  ServerOptions o;
  EXPECT_EQ(ports(o), Ports({3478}));
  o.cert = o.pkey = "c.pem";
  EXPECT_EQ(ports(o), Ports({3478, 5349}));
  o.tls_listening_port = 3478;
  EXPECT_EQ(ports(o), Ports({3478}));
  o.no_udp = true;
  EXPECT_EQ(ports(o), Ports({3478}));
  o.no_dtls = true;
  EXPECT_EQ(ports(o), Ports());
}

TEST(RelayConfig, UsesLoopbackWhenThereIsNothingElse) {
  Machine machine;
  machine.addresses = {A("127.0.0.1"), A("::1")};
  EXPECT_EQ(RelayAddresses(*Make({}, machine)), "127.0.0.1>127.0.0.1 ::1>::1 ");
  machine.addresses.clear();
  EXPECT_FALSE(Make({}, machine).ok());
}

TEST(RelayConfig, ExternalIpIsWhatClientsAreTold) {
  ServerOptions o;
  o.relay_ips = {A("10.0.0.5"), A("192.168.7.7"), A("2001:db8::5")};
  o.external_ips = {{A("203.0.113.1"), A("10.0.0.5"), "x"}, {A("2001:db8::99"), std::nullopt, "y"}};
  const auto config = Make(o);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(RelayAddresses(*config),
            "10.0.0.5>203.0.113.1 192.168.7.7>192.168.7.7 2001:db8::5>2001:db8::99 ");
  // The public address is the server's own, too: no peer behind it by accident.
  EXPECT_TRUE(std::count(config->own_addresses.begin(), config->own_addresses.end(),
                         A("203.0.113.1")) == 1);
}

TEST(RelayConfig, ExternalIpThatFitsNowhereOrTwiceIsAnError) {
  ServerOptions o;
  o.relay_ips = {A("10.0.0.5"), A("192.168.7.7")};
  o.external_ips = {{A("203.0.113.1"), std::nullopt, "t.conf line 3"}};
  EXPECT_EQ(Make(o).status().message(),
            "t.conf line 3: external-ip=203.0.113.1: there are several relay addresses; write "
            "external-ip=public/private for each");
  o.external_ips = {{A("203.0.113.1"), A("10.9.9.9"), "t.conf line 3"}};
  EXPECT_EQ(Make(o).status().message(),
            "t.conf line 3: external-ip=203.0.113.1: no relay address fits to it; give the private "
            "address with relay-ip");
}

TEST(RelayConfig, AddressesOfOtherMachinesAreErrors) {
  ServerOptions o;
  o.relay_ips = {A("10.9.9.9")};
  EXPECT_EQ(Make(o).status().message(),
            "relay-ip=10.9.9.9: this machine does not have that address; it has 127.0.0.1, ::1, "
            "10.0.0.5, 192.168.7.7, fe80::1, 2001:db8::5");
  ServerOptions listening;
  listening.listening_ips = {A("10.9.9.9")};
  EXPECT_FALSE(Make(listening).ok());
}

TEST(RelayConfig, PeersAreClosedByDefaultAndOpenInADemo) {
  ServerOptions o;
  EXPECT_FALSE(Make(o)->allow_loopback_peers);
  EXPECT_FALSE(Make(o)->allow_private_peers);
  o.allow_loopback_peers = true;
  EXPECT_TRUE(Make(o)->allow_loopback_peers);
  EXPECT_FALSE(Make(o)->allow_private_peers);
  o = {};
  o.demo = true;
  EXPECT_TRUE(Make(o)->allow_loopback_peers && Make(o)->allow_private_peers);
  EXPECT_EQ(Make(o)->realm, "koeru.demo");
  EXPECT_EQ(Make({})->realm, "host");
}

TEST(RelayConfig, CarriesLimitsAndCredentials) {
  ServerOptions o;
  o.static_auth_secrets = {"a", "b"};
  o.stale_nonce_s = 60;
  o.max_allocate_lifetime_s = 300;
  o.min_port = 1000;
  o.max_port = 2000;
  const auto config = Make(o);
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config->shared_secrets, o.static_auth_secrets);
  EXPECT_FALSE(config->anonymous);
  EXPECT_EQ(config->nonce_lifetime, std::chrono::seconds(60));
  EXPECT_EQ(config->max_lifetime, std::chrono::seconds(300));
  EXPECT_EQ(config->default_lifetime, std::chrono::seconds(300));
  EXPECT_EQ(config->min_port, 1000);
  EXPECT_EQ(config->max_port, 2000);
  EXPECT_EQ(config->nonce_key.size(), 32u);
}

TEST(WorkerCount, FollowsThreadsThenCpus) {
  ServerOptions o;
  EXPECT_EQ(WorkerCount(o, TestMachine()), 4u);
  o.cpus = 2;
  EXPECT_EQ(WorkerCount(o, TestMachine()), 2u);
  o.relay_threads = 0;
  EXPECT_EQ(WorkerCount(o, TestMachine()), 1u);
  o.relay_threads = 7;
  EXPECT_EQ(WorkerCount(o, TestMachine()), 7u);
}

TEST(WorkerCount, IsTheSameWithMobility) {
  ServerOptions o;
  const size_t without = WorkerCount(o, TestMachine());
  o.mobility = true;
  EXPECT_EQ(WorkerCount(o, TestMachine()), without);
}

TEST(MakeRelayConfig, TakesProtocolOptionsOver) {
  ServerOptions o;
  FixedRandom random;
  const auto plain = MakeRelayConfig(o, TestMachine(), random);
  ASSERT_TRUE(plain.ok());
  EXPECT_FALSE(plain->mobility || plain->mapped_address || plain->rfc3489_binding);
  o.mobility = o.stun_backward_compatibility = o.rfc3489_compatibility = true;
  const auto config = MakeRelayConfig(o, TestMachine(), random);
  ASSERT_TRUE(config.ok());
  EXPECT_TRUE(config->mobility && config->mapped_address && config->rfc3489_binding);
}

TEST(MakeRelayConfig, GivesEachTransportItsAlternateServers) {
  using Servers = std::vector<net::Endpoint>;
  const auto at = [](std::string_view text) { return *net::Endpoint::Parse(text); };
  const auto of = [](const relay::RelayConfig& config, net::Transport transport) {
    return config.alternate_servers[static_cast<size_t>(transport)];
  };
  ServerOptions o;
  FixedRandom random;
  o.alternate_servers = {at("192.0.2.1:3478")};
  o.tls_alternate_servers = {at("192.0.2.2:5349")};
  const auto general = MakeRelayConfig(o, TestMachine(), random);
  ASSERT_TRUE(general.ok());
  EXPECT_EQ(of(*general, net::Transport::kUdp), Servers{at("192.0.2.1:3478")});
  EXPECT_EQ(of(*general, net::Transport::kTcp), Servers{at("192.0.2.1:3478")});
  EXPECT_EQ(of(*general, net::Transport::kTls), Servers{at("192.0.2.2:5349")});
  EXPECT_EQ(of(*general, net::Transport::kDtls), Servers{at("192.0.2.2:5349")});
  o.udp_alternate_servers = {at("192.0.2.3:1")};
  o.tcp_alternate_servers = {at("192.0.2.4:2")};
  const auto special = MakeRelayConfig(o, TestMachine(), random);
  ASSERT_TRUE(special.ok());
  EXPECT_EQ(of(*special, net::Transport::kUdp), Servers{at("192.0.2.3:1")});
  EXPECT_EQ(of(*special, net::Transport::kTcp), Servers{at("192.0.2.4:2")});
}

TEST(ListenEndpoints, AreBothWildcardsUnlessAddressesAreGiven) {
  ServerOptions o;
  o.listening_port = 99;
  ASSERT_EQ(ListenEndpoints(o, TestMachine()).size(), 2u);
  EXPECT_EQ(ListenEndpoints(o, TestMachine())[0].ToString(), "0.0.0.0:99");
  EXPECT_EQ(ListenEndpoints(o, TestMachine())[1].ToString(), "[::]:99");
  Machine v4_only;
  v4_only.addresses = {A("127.0.0.1")};
  EXPECT_EQ(ListenEndpoints(o, v4_only).size(), 1u);
  o.listening_ips = {A("10.0.0.5")};
  ASSERT_EQ(ListenEndpoints(o, TestMachine()).size(), 1u);
  EXPECT_EQ(ListenEndpoints(o, TestMachine())[0].ToString(), "10.0.0.5:99");
}

TEST(RelayConfig, UsersAreLookedUpWhenThereIsADatabaseAndTheyHavePasswords) {
  FixedRandom random;
  ServerOptions options;
  options.user_database = {Database::Kind::kSqlite, "/tmp/db"};
  const Machine machine = TestMachine();
  options.use_auth_secret = true;
  EXPECT_FALSE(MakeRelayConfig(options, machine, random)->user_lookup);
  options.lt_cred_mech = true;
  EXPECT_TRUE(MakeRelayConfig(options, machine, random)->user_lookup);
  options.user_database = {};
  EXPECT_FALSE(MakeRelayConfig(options, machine, random)->user_lookup);
}

}  // namespace
}  // namespace koeru::server
