#include "core/ice/agent/agent.h"

#include "tests/core/ice/agent/two_agents.h"

namespace koeru::ice {
namespace {

using std::chrono::seconds;

TEST(Agent, TwoOfThemFindTheirWay) {
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.Run(seconds(2));

  EXPECT_TRUE(pair.BothConnected());
  EXPECT_EQ(pair.a.agent.selected(), (Path{At("192.0.2.1:1000"), At("192.0.2.2:2000")}));
  EXPECT_EQ(pair.b.agent.selected(), (Path{At("192.0.2.2:2000"), At("192.0.2.1:1000")}));
  EXPECT_EQ(pair.a.states, (std::vector{AgentState::kChecking, AgentState::kConnected}));
  EXPECT_EQ(pair.b.states, (std::vector{AgentState::kChecking, AgentState::kConnected}));
  EXPECT_EQ(pair.a.selections.size(), 1u);
  EXPECT_EQ(pair.b.selections.size(), 1u);
}

TEST(Agent, FindsItsWayOverIpv6) {
  TwoAgents pair;
  pair.AddHosts("[2001:db8::1]:1000", "[2001:db8::2]:2000");
  pair.ExchangeCredentials();
  pair.Run(seconds(2));
  EXPECT_TRUE(pair.BothConnected());
}

TEST(Agent, CandidatesMayTrickleIn) {
  TwoAgents pair;
  pair.ExchangeCredentials();
  pair.Run(seconds(1));
  EXPECT_EQ(pair.a.sent, 0u);
  pair.AddHosts();
  pair.Run(seconds(2));
  EXPECT_TRUE(pair.BothConnected());
}

TEST(Agent, Rfc8445_9_ARestartKeepsThePathUntilThereIsAnother) {
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.Run(seconds(2));
  const auto before = pair.a.agent.selected();

  pair.a.agent.Restart({"cccc", "cccccccccccccccccccccc"}, pair.now);
  pair.b.agent.Restart({"dddd", "dddddddddddddddddddddd"}, pair.now);
  EXPECT_EQ(pair.a.agent.selected(), before);
  EXPECT_EQ(pair.a.agent.state(), AgentState::kConnected);
  pair.AddHosts("192.0.2.11:1000", "192.0.2.12:2000");
  pair.Run(seconds(12));
  EXPECT_EQ(pair.a.agent.selected(), before) << "the peer's credentials are not there yet";
  EXPECT_EQ(pair.a.agent.state(), AgentState::kConnected) << "consent is still asked for and given";

  pair.ExchangeCredentials();
  pair.Run(seconds(2));
  EXPECT_TRUE(pair.BothConnected());
  EXPECT_EQ(pair.a.agent.selected()->remote, At("192.0.2.12:2000"));
  EXPECT_EQ(pair.a.agent.selected()->local, pair.b.agent.selected()->remote);
  pair.Run(std::chrono::minutes(2));
  EXPECT_TRUE(pair.BothConnected());
}

TEST(Agent, ARestartMayFollowAFailure) {
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.Run(seconds(2));
  pair.from_a = pair.from_b = Silence;
  pair.Run(seconds(40));
  EXPECT_EQ(pair.b.agent.state(), AgentState::kFailed);

  pair.from_a = pair.from_b = Straight;
  pair.a.agent.Restart({"cccc", "cccccccccccccccccccccc"}, pair.now);
  pair.b.agent.Restart({"dddd", "dddddddddddddddddddddd"}, pair.now);
  pair.AddHosts("192.0.2.11:1000", "192.0.2.12:2000");
  pair.ExchangeCredentials();
  pair.Run(seconds(2));
  EXPECT_TRUE(pair.BothConnected());
}

TEST(Agent, TakesNoMoreCandidatesThanItSays) {
  TwoAgents pair;
  pair.AddLocalOnly(pair.a, "192.0.2.1:1000", "1");
  const auto add = [&](int port) {
    const std::string line =
        CandidateLine("192.0.2.2:" + std::to_string(port), static_cast<uint32_t>(port), "1");
    return pair.a.agent.AddRemote(*Candidate::Parse(line), pair.now);
  };
  for (int port = 1; port <= static_cast<int>(Agent::kMaxRemote); ++port) {
    EXPECT_EQ(add(port), Agent::Added::kAdded);
  }
  EXPECT_EQ(add(1), Agent::Added::kKnown);
  EXPECT_EQ(add(5000), Agent::Added::kTooMany);
}

TEST(Agent, SaysWhyACandidateIsOfNoUse) {
  TwoAgents pair;
  pair.ExchangeCredentials();
  const auto add = [&](std::string_view line) {
    return pair.a.agent.AddRemote(*Candidate::Parse(line), pair.now);
  };
  EXPECT_EQ(add(""), Agent::Added::kEnd);
  EXPECT_EQ(add("candidate:1 2 udp 1 192.0.2.9 9 typ host"), Agent::Added::kOtherComponent);
  EXPECT_EQ(add("candidate:1 1 udp 1 f00.local 9 typ host"), Agent::Added::kNoAddress);
  EXPECT_EQ(add("candidate:1 1 tcp 1 192.0.2.9 9 typ host tcptype active"),
            Agent::Added::kNotUsable);
  EXPECT_EQ(add("candidate:1 1 udp 1 192.0.2.9 9 typ host ufrag zzzz"), Agent::Added::kOtherUfrag);
  EXPECT_EQ(add("candidate:1 1 udp 1 192.0.2.9 9 typ host ufrag bbbb"), Agent::Added::kAdded);
}

TEST(Agent, RefusesCredentialsThatAreNone) {
  TwoAgents pair;
  EXPECT_FALSE(pair.a.agent.SetRemote({"abc", "aaaaaaaaaaaaaaaaaaaaaa"}, pair.now));
  EXPECT_FALSE(pair.a.agent.SetRemote({"abcd", "short"}, pair.now));
  EXPECT_FALSE(pair.a.agent.SetRemote({"abcd", "with a space in its middle"}, pair.now));
  EXPECT_TRUE(pair.a.agent.SetRemote({"abcd", "aaaaaaaaaaaaaaaaaaaaaa"}, pair.now));
  EXPECT_FALSE(pair.a.agent.SetRemote({"efgh", "aaaaaaaaaaaaaaaaaaaaaa"}, pair.now))
      << "other ones are a restart";
}

}  // namespace
}  // namespace koeru::ice
