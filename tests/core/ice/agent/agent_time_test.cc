#include "tests/core/ice/agent/two_agents.h"

namespace koeru::ice {
namespace {

using std::chrono::seconds;

TEST(AgentTime, FailsWhenNothingWorksInTime) {
  TwoAgents pair;
  pair.AddHosts();
  pair.from_a = Silence;
  pair.from_b = Silence;
  pair.ExchangeCredentials();
  pair.Run(std::chrono::minutes(2));
  EXPECT_EQ(pair.a.agent.state(), AgentState::kFailed);
  EXPECT_EQ(pair.a.sent, 6u) << "0, 500, 1500, 3500, 7500, 15500 ms, and 31500 is too late";
  EXPECT_EQ(pair.a.agent.NextDeadline(), net::Instant::Max());
}

TEST(AgentTime, Rfc7675_StopsWhenConsentExpires) {
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.Run(std::chrono::minutes(10));
  EXPECT_TRUE(pair.BothConnected());

  pair.from_b = Silence;
  pair.Run(seconds(17));
  EXPECT_EQ(pair.a.agent.state(), AgentState::kDisconnected);
  EXPECT_TRUE(pair.a.agent.selected().has_value()) << "consent lasts for 30 seconds";
  pair.Run(seconds(14));
  EXPECT_EQ(pair.a.agent.state(), AgentState::kFailed);
  EXPECT_FALSE(pair.a.agent.selected().has_value());
  EXPECT_EQ(pair.b.agent.state(), AgentState::kFailed)
      << "what b sends is lost, its checks among it";
}

TEST(AgentTime, Rfc7675_ComesBackWithinItsConsent) {
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.Run(seconds(2));
  pair.from_a = pair.from_b = Silence;
  pair.Run(seconds(20));
  EXPECT_EQ(pair.a.agent.state(), AgentState::kDisconnected);
  pair.from_a = pair.from_b = Straight;
  pair.Run(seconds(7));
  EXPECT_TRUE(pair.BothConnected());
}

}  // namespace
}  // namespace koeru::ice
