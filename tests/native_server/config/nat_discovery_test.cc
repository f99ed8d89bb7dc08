// rfc5780: which addresses it needs, and what is said when they are not there.

#include "native_server/config/nat_discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

absl::StatusOr<LoadedOptions> Load(std::string_view text) {
  std::string path = ::testing::TempDir() + "koeru-nat-discovery-XXXXXX.conf";
  ::close(::mkstemps(path.data(), 5));  // tests run beside each other
  std::ofstream(path) << "no-auth\n" << text;
  CommandLine command_line;
  command_line.config_file = path;
  auto loaded = LoadOptions(command_line);
  std::remove(path.c_str());
  return loaded;
}

std::string ErrorOf(std::string_view text) {
  const auto loaded = Load(text);
  return loaded.ok() ? "no error" : std::string(loaded.status().message());
}

constexpr std::string_view kTwo = "listening-ip=192.0.2.1\nlistening-ip=192.0.2.2\n";

std::string With(std::string_view addresses, std::string_view more = "") {
  return std::string(addresses) + "rfc5780\n" + std::string(more);
}

TEST(NatDiscoveryOptions, SayWhereItStandsWhatIsMissingAndWhatToWrite) {
  const std::pair<std::string, std::string> cases[] = {
      {With(""), "all addresses of the machine"},
      {With("listening-ip=0.0.0.0\nlistening-ip=192.0.2.1\n"), "all addresses of the machine"},
      {With("listening-ip=192.0.2.1\n"), "write another listening-ip=..."},
      {With("listening-ip=192.0.2.1\nlistening-ip=2001:db8::1\n"), "two addresses of one family"},
      {With("listening-ip=192.0.2.1\nlistening-ip=192.0.2.1\n"), "192.0.2.1 is given twice"},
      {With(kTwo, "no-udp\n"), "no-udp closes that"},
      {With(kTwo, "no-stun\n"), "which no-stun ignores"},
      {With(kTwo, "listening-port=65535\n"), "no port above 65535: write alt-listening-port"},
      {With(kTwo, "alt-listening-port=3478\n"), "port 3478 is used already"},
      {With(kTwo, "cert=c.pem\npkey=k.pem\nalt-listening-port=5349\n"),
       "port 5349 is used already: write another alt-listening-port"},
      {With(kTwo, "cert=c.pem\npkey=k.pem\nalt-tls-listening-port=3479\n"),
       "is alt-listening-port as well"},
      {With(kTwo, "cert=c.pem\npkey=k.pem\nhttps-port=5350\n"),
       "port 5350 is used already: write another alt-tls-listening-port"},
  };
  for (const auto& [config, part] : cases) EXPECT_THAT(ErrorOf(config), HasSubstr(part)) << config;
  EXPECT_THAT(ErrorOf("realm=x\nrfc5780"), HasSubstr(".conf line 3: rfc5780: it answers from"));
  EXPECT_THAT(ErrorOf(With(kTwo, "alt-listening-port=3478")),
              HasSubstr("line 5: alt-listening-port: "));
  EXPECT_EQ(ErrorOf(With(kTwo)), "no error");
  EXPECT_EQ(ErrorOf(With(kTwo, "alt-listening-port=0\n")), "no error") << "as coturn: the default";
}

TEST(NatDiscoveryOptions, WarnOfAddressesThatAreAloneAndOfPortsThatNobodyUses) {
  const auto loaded = Load(With(kTwo, "listening-ip=192.0.2.3\nlistening-ip=2001:db8::1\n"));
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_THAT(loaded->warnings,
              ElementsAre(HasSubstr("not served on 192.0.2.3"),
                          HasSubstr("not served on 2001:db8::1")));
  EXPECT_THAT(Load("alt-listening-port=4000\n")->warnings, ElementsAre(HasSubstr("not used")));
}

std::vector<std::string> PairsOf(std::string_view text,
                                 const std::vector<relay::RelayAddress>& known = {}) {
  const auto loaded = Load(text);
  std::vector<std::string> pairs;
  for (const auto& pair : AlternatePairsOf(loaded->options, {}, known)) {
    pairs.push_back(ToText(pair));
  }
  return pairs;
}

TEST(AlternatePairs, AreTheFirstWithTheSecondOfEachFamily) {
  EXPECT_THAT(PairsOf(With("listening-ip=192.0.2.1\nlistening-ip=2001:db8::1\n"
                           "listening-ip=192.0.2.2\nlistening-ip=192.0.2.3\n"
                           "listening-ip=192.0.2.4\nlistening-ip=2001:db8::2\n")),
              ElementsAre("192.0.2.1 and 192.0.2.2, ports 3478 and 3479",
                          "192.0.2.3 and 192.0.2.4, ports 3478 and 3479",
                          "2001:db8::1 and 2001:db8::2, ports 3478 and 3479"));
  EXPECT_TRUE(PairsOf(kTwo).empty()) << "without rfc5780";
}

TEST(AlternatePairs, HaveASecondPairOfPortsWhereTlsIsServed) {
  EXPECT_THAT(PairsOf(With(kTwo, "cert=c.pem\npkey=k.pem\nalt-listening-port=4000\n")),
              ElementsAre("192.0.2.1 and 192.0.2.2, ports 3478 and 4000",
                          "192.0.2.1 and 192.0.2.2, ports 5349 and 5350"));
}

TEST(AlternatePairs, AreKnownToClientsAsExternalIpSays) {
  EXPECT_THAT(PairsOf(With(kTwo), {{*net::Address::Parse("192.0.2.2"),
                                    *net::Address::Parse("203.0.113.2")}}),
              ElementsAre(StartsWith("192.0.2.1 and 192.0.2.2 (203.0.113.2), ports")));
}

TEST(AlternatePairs, KnowTheMtuOfTheirInterface) {
  const auto loaded = Load(With(kTwo));
  EXPECT_EQ(AlternatePairsOf(loaded->options, {}, {})[0].mtu, 1500u);
  Machine machine;
  machine.mtus[*net::Address::Parse("192.0.2.1")] = 1400;
  machine.mtus[*net::Address::Parse("192.0.2.2")] = 9000;
  EXPECT_EQ(AlternatePairsOf(loaded->options, machine, {})[0].mtu, 9000u);
}

TEST(AlternatePairs, BothPortsAreOpenOnEachAddress) {
  const auto loaded = Load(With(kTwo, "cert=c.pem\npkey=k.pem\n"));
  std::vector<std::string> open;
  for (const net::Endpoint& endpoint : UdpEndpoints(loaded->options, {})) {
    open.push_back(endpoint.ToString());
  }
  EXPECT_THAT(open, ElementsAre("192.0.2.1:3478", "192.0.2.1:5349", "192.0.2.1:3479",
                                "192.0.2.1:5350", "192.0.2.2:3478", "192.0.2.2:5349",
                                "192.0.2.2:3479", "192.0.2.2:5350"));
}

}  // namespace
}  // namespace koeru::server
