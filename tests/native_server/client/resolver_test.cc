#include "native_server/client/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/native_server/client/dns_responder.h"

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

const net::Address kV4 = net::Address::V4(192, 0, 2, 1);
const net::Address kV6 = *net::Address::Parse("2001:db8::1");

std::unique_ptr<Resolver> MakeResolver(const net::Endpoint& server,
                                       net::Duration timeout = std::chrono::seconds(10)) {
  auto resolver = Resolver::Make({server, timeout});
  EXPECT_TRUE(resolver.ok()) << resolver.status();
  return *std::move(resolver);
}

TEST(ResolverTest, AddressesOfBothFamiliesAreFound) {
  DnsResponder dns;
  dns.AddAddress("turn.example.org", kV4);
  dns.AddAddress("turn.example.org", kV6);
  dns.Start();
  const HostAnswer answer = MakeResolver(dns.endpoint())->LookUpHost("turn.example.org");
  EXPECT_THAT(answer.addresses, UnorderedElementsAre(kV4, kV6));
  EXPECT_THAT(answer.error, IsEmpty());
}

TEST(ResolverTest, ServicesComeInTheOrderOfTheirPriority) {
  DnsResponder dns;
  dns.AddService("_turn._udp.example.org", 20, 3479, "b.example.org");
  dns.AddService("_turn._udp.example.org", 10, 3478, "a.example.org");
  dns.Start();
  const ServiceAnswer answer =
      MakeResolver(dns.endpoint())->LookUpService("_turn._udp.example.org");
  ASSERT_EQ(answer.records.size(), 2u);
  EXPECT_EQ(answer.records[0].host, "a.example.org");
  EXPECT_EQ(answer.records[0].port, 3478);
  EXPECT_EQ(answer.records[1].host, "b.example.org");
}

TEST(ResolverTest, NaptrRecordsComeInTheOrderOfTheirPreference) {
  DnsResponder dns;
  dns.AddNaptr("example.org", 20, "A", "RELAY:turn.tcp:turn.tls", "b.example.org");
  dns.AddNaptr("example.org", 10, "", "RELAY:turn.udp", "example.net");
  dns.Start();
  const NaptrAnswer answer = MakeResolver(dns.endpoint())->LookUpNaptr("example.org");
  ASSERT_EQ(answer.records.size(), 2u) << answer.error;
  EXPECT_EQ(answer.records[0].flags, "");
  EXPECT_EQ(answer.records[0].service, "RELAY:turn.udp");
  EXPECT_EQ(answer.records[0].replacement, "example.net");
  EXPECT_EQ(answer.records[1].flags, "A");
  EXPECT_EQ(answer.records[1].order, 100);
  EXPECT_EQ(answer.records[1].preference, 20);
}

TEST(ResolverTest, ANameThatIsNotThereIsNoError) {
  DnsResponder dns;
  dns.Start();
  const auto resolver = MakeResolver(dns.endpoint());
  EXPECT_THAT(resolver->LookUpHost("no.example.org").addresses, IsEmpty());
  EXPECT_THAT(resolver->LookUpHost("no.example.org").error, IsEmpty());
  EXPECT_THAT(resolver->LookUpService("_turn._udp.no.example.org").error, IsEmpty());
  EXPECT_THAT(resolver->LookUpNaptr("no.example.org").error, IsEmpty());
}

TEST(ResolverTest, TheHostsFileCounts) {
  DnsResponder dns;
  dns.Start();
  EXPECT_THAT(MakeResolver(dns.endpoint())->LookUpHost("localhost").addresses, Not(IsEmpty()));
}

TEST(ResolverTest, AServerThatIsSilentIsGivenUp) {
  const UniqueFd silent = OpenRelaySocketFd({net::Address::V4(127, 0, 0, 1), 0}, {});
  const auto resolver = MakeResolver(LocalEndpointOf(silent.get()), std::chrono::milliseconds(300));
  EXPECT_THAT(resolver->LookUpHost("turn.example.org").error, Not(IsEmpty()));
  EXPECT_THAT(resolver->LookUpService("_turn._udp.example.org").error, Not(IsEmpty()));
  EXPECT_THAT(resolver->LookUpNaptr("example.org").error, Not(IsEmpty()));
}

}  // namespace
}  // namespace koeru::server
