// Risks of a configuration in words: each has a case that shows it and a clean one that does not.

#include "native_server/config/risks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "native_server/config/load_options.h"
#include "native_server/io/random.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;

const Machine kMachine = {
    .addresses = {*net::Address::Parse("127.0.0.1"), *net::Address::Parse("10.0.0.5"),
                  *net::Address::Parse("5.5.5.5")},
    .default_source = {*net::Address::Parse("5.5.5.5")},
    .host_name = "host",
    .cpus = 1};

constexpr std::string_view kGood =
    "realm=example.org\nstatic-auth-secret=0123456789abcdef0123456789abcdef\nuser-quota=10\n"
    "proc-user=nobody\n";

std::vector<std::string> Risks(std::string_view config) {
  LoadedOptions loaded;
  EXPECT_TRUE(ApplyOptions(*ParseConfigText(config, "t.conf"), loaded).ok());
  EXPECT_TRUE(ValidateOptions(loaded).ok());
  SystemRandom random;
  const auto relay = MakeRelayConfig(loaded.options, kMachine, random);
  EXPECT_TRUE(relay.ok()) << relay.status();
  return FindRisks(loaded.options, *relay);
}

TEST(Risks, AGoodConfigurationHasNone) { EXPECT_THAT(Risks(kGood), ::testing::IsEmpty()); }

TEST(Risks, EachIsNamedWithItsRemedy) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"allow-loopback-peers", "every service of this machine"},
      {"allowed-peer-ip=10.1.0.0/16", "10.0.0.0/8 (private network (RFC 1918))"},
      {"allowed-peer-ip=0.0.0.0/0", "more; allow only the addresses"},
      {"allowed-peer-ip=169.254.169.254", "t.conf line 5: allowed-peer-ip=169.254.169.254-"},
      {"min-port=40000", "write min-port=49152"},
      {"min-port=60000\nmax-port=60010", "are 11 ports"},
      {"listening-port=50000", "listening-port 50000 is one of the relayed ports"},
      {"relay-ip=10.0.0.5", "write external-ip=PUBLIC/10.0.0.5"},
      {"amplification-limit=0", "flood others"},
      {"stale-nonce=0", "replayed for ever"},
      {"permission-lifetime=900", "RFC 8656's 300"},
      {"static-auth-secret=short", "openssl rand -hex 24"},
      {"Verbose", "personal data"},
      {"web-admin\nweb-admin-user=a:b\nweb-admin-ip=10.0.0.5\ncert=c\npkey=k", "ssh -L"},
      {"https-port=8443\ncert=c\npkey=k", "everybody who opens /ice-servers"},
  };
  for (const auto& [line, part] : cases) {
    const auto risks = Risks(std::string(kGood) + std::string(line));
    ASSERT_EQ(risks.size(), 1u) << line;
    EXPECT_THAT(risks[0], HasSubstr(part)) << line;
  }
}

TEST(Risks, AnOpenRelayAndMissingRealmAndQuotasAreNamed) {
  EXPECT_THAT(Risks("no-auth\nproc-user=x\nuser-quota=1"),
              ::testing::ElementsAre(HasSubstr("an open relay")));
  EXPECT_THAT(Risks("user=a:b\nproc-user=x\nuser-quota=1"),
              ::testing::ElementsAre(HasSubstr("no realm is given")));
  EXPECT_THAT(Risks("realm=r\nuser=a:b\nproc-user=x"),
              ::testing::ElementsAre(HasSubstr("neither user-quota nor total-quota")));
}

TEST(Risks, APublicPeerThatIsAllowedOpensNothing) {
  EXPECT_THAT(Risks(std::string(kGood) + "allowed-peer-ip=8.8.8.0/24"), ::testing::IsEmpty());
}

}  // namespace
}  // namespace koeru::server
