#include "core/ice/agent/binding_check.h"
#include "tests/core/ice/agent/two_agents.h"

namespace koeru::ice {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(AgentChecks, TakesTheBestPairOfThoseThatWork) {
  TwoAgents pair;
  pair.AddHost(pair.b, pair.a, "192.0.2.2:2000", "1", 1000);
  pair.AddHost(pair.b, pair.a, "192.0.2.3:2000", "2", 3000);  // does not work
  pair.AddHost(pair.b, pair.a, "192.0.2.4:2000", "3", 2000);
  pair.AddLocalOnly(pair.a, "192.0.2.1:1000", "1", 5000);
  pair.from_a = [&](const Path& sent) -> std::optional<Path> {
    if (sent.remote == At("192.0.2.3:2000")) return std::nullopt;
    return Straight(sent);
  };
  pair.ExchangeCredentials();
  pair.Run(seconds(3));
  EXPECT_TRUE(pair.BothConnected());
  EXPECT_EQ(pair.a.agent.selected()->remote, At("192.0.2.4:2000"));
  EXPECT_EQ(pair.b.agent.selected()->local, At("192.0.2.4:2000"));
}

TEST(AgentChecks, FindsItsWayWhereHalfOfAllIsLost) {
  TwoAgents pair;
  pair.AddHosts();
  uint32_t n = 0;
  const Network lossy = [&n](const Path& sent) -> std::optional<Path> {
    n = n * 1664525 + 1013904223;
    if ((n >> 16) % 2 == 0) return std::nullopt;
    return Straight(sent);
  };
  pair.from_a = pair.from_b = lossy;
  pair.ExchangeCredentials();
  pair.Run(seconds(20));
  EXPECT_EQ(pair.a.selections.size(), 1u);
  EXPECT_EQ(pair.b.selections.size(), 1u);
  EXPECT_TRUE(pair.a.agent.selected().has_value() && pair.b.agent.selected().has_value());
}

TEST(AgentChecks, IsQuietOnceItIsConnected) {
  // Triggered checks of both sides that meet must not trigger each other for ever.
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.Run(std::chrono::minutes(10));
  // A question of consent every 4 to 6 seconds, an answer to each of the other side's, and the
  // start.
  EXPECT_LE(pair.a.sent, 320u);
  EXPECT_LE(pair.b.sent, 320u);
}

TEST(AgentChecks, ForgedAnswersChangeNothing) {
  TwoAgents pair;
  pair.AddHosts();
  pair.ExchangeCredentials();
  pair.from_a = Silence;
  pair.from_b = Silence;
  pair.Run(milliseconds(10));
  std::array<uint8_t, 1024> buffer;
  // The first transaction ID of a, as a counter makes it; the forger does not know b's password.
  const stun::TransactionId id{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  std::array<uint8_t, 1024> request_buffer;
  const auto request = stun::MessageView::Parse(
      EncodeCheck(request_buffer, id, {}, pair.a.agent.local(), pair.b.agent.local()));
  const Path path{At("192.0.2.1:1000"), At("192.0.2.2:2000")};
  pair.Inject(pair.a, path,
              EncodeCheckSuccess(buffer, *request, At("192.0.2.1:1000"),
                                 {"bbbb", "ccccccccccccccccccccccc"}));
  EXPECT_NE(pair.a.agent.state(), AgentState::kConnected);
  // Who knows it is believed.
  pair.Inject(pair.a, path,
              EncodeCheckSuccess(buffer, *request, At("192.0.2.1:1000"), pair.b.agent.local()));
  EXPECT_EQ(pair.a.agent.pairs()[0].state, PairState::kWaiting) << "valid, and to be nominated";
}

TEST(AgentChecks, AnAnswerFromElsewhereFailsThePair) {
  // RFC 8445 section 7.2.5.2.1: non-symmetric transport addresses.
  TwoAgents pair;
  pair.AddHosts();
  pair.from_b = [](const Path& sent) -> std::optional<Path> {
    return Path{sent.remote, At("192.0.2.66:6666"), sent.transport};
  };
  pair.from_a = [](const Path& sent) -> std::optional<Path> {
    if (sent.remote != At("192.0.2.2:2000")) return std::nullopt;
    return Straight(sent);
  };
  pair.ExchangeCredentials();
  pair.Run(seconds(1));
  EXPECT_EQ(pair.a.agent.state(), AgentState::kChecking);
  EXPECT_FALSE(pair.a.agent.selected().has_value());
}

}  // namespace
}  // namespace koeru::ice
