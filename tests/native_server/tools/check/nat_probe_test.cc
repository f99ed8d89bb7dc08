// The NAT that is between here and the server: over loopback there is none.

#include "native_server/tools/check/nat_probe.h"

#include "native_server/tools/check/judge.h"
#include "tests/native_server/worker/test_server.h"

namespace koeru::tools {
namespace {

using nat::Behaviour;

const net::Address kA1 = net::Address::V4(127, 0, 0, 1), kA2 = net::Address::V4(127, 0, 0, 2);

TEST(ProbeNat, WithoutANatNothingDependsOnAddresses) {
  const uint16_t other_port =
      server::TestSocket({net::Address::Any(net::Family::kIpv4), 0}).local().port;
  server::TestServer server([&](relay::RelayConfig& config, server::RelayServerOptions& options) {
    const uint16_t port = options.listen[0].port;
    options.listen = {{kA1, port}, {kA1, other_port}, {kA2, port}, {kA2, other_port}};
    config.alternate_pairs = {{{{{kA1, kA1}, {kA2, kA2}}}, {port, other_port}, 1500}};
  });
  const NatFacts facts = ProbeNat(server.endpoint(), kA1);
  EXPECT_EQ(facts.mapping, Behaviour::kEndpointIndependent);
  EXPECT_EQ(facts.filtering, Behaviour::kEndpointIndependent);
}

TEST(ProbeNat, KnowsNothingWhereTheServerHasNoSecondAddress) {
  server::TestServer server;
  const NatFacts facts = ProbeNat(server.endpoint(), kA1);
  EXPECT_EQ(facts.mapping, Behaviour::kUnknown);
  EXPECT_EQ(facts.filtering, Behaviour::kUnknown);
}

TEST(JudgeNat, SaysBothBehavioursAndWhatTheyMeanForCalls) {
  TargetFacts facts;
  facts.target.at.transport = net::Transport::kUdp;
  facts.reach.binding = {.asked = true, .ok = true};
  const auto line = [&](Behaviour mapping, Behaviour filtering) {
    facts.nat = {mapping, filtering};
    for (const Finding& finding : Judge(facts, {})) {
      if (finding.topic == "nat") return finding.text;
    }
    return std::string("none");
  };
  EXPECT_EQ(line(Behaviour::kUnknown, Behaviour::kUnknown), "none");
  EXPECT_EQ(line(Behaviour::kEndpointIndependent, Behaviour::kAddressAndPortDependent),
            "from here mapping is endpoint-independent, filtering address and port-dependent "
            "(RFC 4787)");
  EXPECT_EQ(line(Behaviour::kAddressDependent, Behaviour::kAddressDependent),
            "from here mapping is address-dependent, filtering address-dependent (RFC 4787): calls "
            "from here often need a relay");
}

}  // namespace
}  // namespace koeru::tools
