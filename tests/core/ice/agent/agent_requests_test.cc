#include "core/ice/agent/binding_check.h"
#include "tests/core/ice/agent/two_agents.h"

namespace koeru::ice {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(AgentRequests, LearnsThePeersAddressFromItsCheck) {
  // The peer's candidate means nothing to us: it stands behind a NAT.
  TwoAgents pair;
  pair.AddLocalOnly(pair.a, "10.0.0.1:1000", "1");
  pair.AddHost(pair.b, pair.a, "192.0.2.2:2000", "1");
  const net::Endpoint mapped = At("198.51.100.7:5555");
  pair.from_a = [&](const Path& sent) { return Path{sent.remote, mapped, sent.transport}; };
  pair.from_b = [&](const Path& sent) -> std::optional<Path> {
    if (sent.remote != mapped) return std::nullopt;
    return Path{At("10.0.0.1:1000"), sent.local, sent.transport};
  };
  pair.ExchangeCredentials();
  pair.Run(seconds(2));

  EXPECT_TRUE(pair.BothConnected());
  EXPECT_EQ(pair.b.agent.selected()->remote, mapped);
  EXPECT_TRUE(pair.b.agent.pairs()[0].peer_reflexive);
}

TEST(AgentRequests, AnswersChecksThatComeBeforeTheAnswer) {
  // RFC 8445 section 7.3: the controlled side has the offer and checks; its answer is on its way.
  TwoAgents pair;
  pair.AddHosts();
  EXPECT_TRUE(pair.b.agent.SetRemote(pair.a.agent.local(), pair.now));
  pair.Run(seconds(1));
  EXPECT_GT(pair.a.sent, 0u);
  EXPECT_EQ(pair.a.agent.state(), AgentState::kNew);

  EXPECT_TRUE(pair.a.agent.SetRemote(pair.b.agent.local(), pair.now));
  pair.Run(seconds(1));
  EXPECT_TRUE(pair.BothConnected());
}

TEST(AgentRequests, ALiteAgentOnlyAnswers) {
  TwoAgents pair({.role = Role::kControlling, .tiebreaker = 1}, {.lite = true, .tiebreaker = 9});
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.Run(seconds(2));
  EXPECT_TRUE(pair.BothConnected());
  pair.Run(std::chrono::minutes(2));
  EXPECT_TRUE(pair.BothConnected());

  const size_t sent = pair.b.sent;
  pair.from_a = Silence;
  pair.Run(seconds(40));
  EXPECT_EQ(pair.b.sent, sent) << "nothing was asked, so nothing is sent";
  EXPECT_EQ(pair.b.agent.state(), AgentState::kFailed);
}

TEST(AgentRequests, ARoleConflictIsSettledByTheTieBreaker) {
  for (const Role role : {Role::kControlling, Role::kControlled}) {
    TwoAgents pair({.role = role, .tiebreaker = 7}, {.role = role, .tiebreaker = 8});
    pair.AddHosts();
    pair.ExchangeCredentials();
    pair.Run(seconds(3));
    EXPECT_TRUE(pair.BothConnected());
    EXPECT_NE(pair.a.agent.role(), pair.b.agent.role());
    EXPECT_EQ(pair.b.agent.role(), Role::kControlling) << "the larger tie-breaker controls";
  }
}

TEST(AgentRequests, FollowsTheControllingSideToAnotherPath) {
  // A phone leaves its Wi-Fi: the peer nominates a path of lower priority, and the one before is
  // silent.
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.Run(seconds(2));

  std::array<uint8_t, 1024> buffer;
  const Path mobile{At("192.0.2.2:2000"), At("203.0.113.5:7000")};
  const auto nominate = [&](uint8_t id) {
    pair.Inject(
        pair.b, mobile,
        EncodeCheck(
            buffer, {9, id},
            {.priority = 5, .role = Role::kControlling, .tiebreaker = 2, .use_candidate = true},
            pair.a.agent.local(), pair.b.agent.local()));
  };
  pair.from_b = [&](const Path& sent) {
    return sent.remote == mobile.remote ? Path{At("192.0.2.1:1000"), sent.local, sent.transport}
                                        : *Straight(sent);
  };
  nominate(1);
  pair.Run(seconds(1));
  EXPECT_NE(pair.b.agent.selected(), mobile) << "the better path lived a moment ago";
  pair.from_a = [](const Path& sent) -> std::optional<Path> {
    // Only its answers to b's checks of the new path arrive.
    if (sent.remote != At("192.0.2.2:2000")) return std::nullopt;
    return Path{sent.remote, At("203.0.113.5:7000"), sent.transport};
  };
  pair.Run(seconds(4));
  nominate(2);
  pair.Run(seconds(1));
  EXPECT_EQ(pair.b.agent.selected(), mobile);
}

TEST(AgentRequests, AClosedTcpConnectionIsNoPathAnyMore) {
  TwoAgents pair({.role = Role::kControlling, .tiebreaker = 2}, {.tiebreaker = 1});
  pair.b.agent.AddLocal({.base = At("192.0.2.2:443"),
                         .transport = net::Transport::kTcp,
                         .priority = 1000,
                         .foundation = "t",
                         .passive = true},
                        pair.now);
  pair.ExchangeCredentials();
  std::array<uint8_t, 1024> buffer;
  const Path path{At("192.0.2.2:443"), At("198.51.100.1:9000"), net::Transport::kTcp};
  pair.from_b = [](const Path& sent) -> std::optional<Path> {
    return Path{At("192.0.2.1:1000"), sent.local, sent.transport};
  };
  pair.from_a = [&](const Path&) -> std::optional<Path> { return path; };
  pair.Inject(
      pair.b, path,
      EncodeCheck(
          buffer, {1},
          {.priority = 5, .role = Role::kControlling, .tiebreaker = 2, .use_candidate = true},
          pair.a.agent.local(), pair.b.agent.local()));
  pair.Run(seconds(1));
  EXPECT_EQ(pair.b.agent.selected(), path);

  Actions actions;
  pair.b.agent.OnPathGone(path.transport, path.local, path.remote, pair.now, actions);
  EXPECT_FALSE(pair.b.agent.selected().has_value());
  EXPECT_EQ(pair.b.agent.state(), AgentState::kChecking);
}

TEST(AgentRequests, AFloodOfChecksOnOnePathStaysBounded) {
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  // b never hears an answer, so its check stays In-Progress while checks of a keep coming.
  pair.from_a = Silence;
  std::array<uint8_t, 1024> buffer;
  const Path path{At("192.0.2.2:2000"), At("192.0.2.1:1000")};
  for (int i = 0; i < 400; ++i) {
    pair.Inject(pair.b, path,
                EncodeCheck(buffer, {7, static_cast<uint8_t>(i), static_cast<uint8_t>(i >> 8)},
                            {.priority = 5, .role = Role::kControlling, .tiebreaker = 2},
                            pair.a.agent.local(), pair.b.agent.local()));
    pair.Run(milliseconds(50));  // IsConsistent() counts the transactions
  }
  EXPECT_EQ(pair.b.agent.pairs().size(), 1u);
}

}  // namespace
}  // namespace koeru::ice
