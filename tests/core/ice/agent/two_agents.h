#pragma once

// Two agents and a network between them that a test makes up: what each link does with a message,
// and a clock that jumps to whatever is next.

#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <functional>
#include <vector>

#include "core/ice/agent/agent.h"

namespace koeru::ice {

inline constexpr net::Instant kStart = net::Instant::FromNanoseconds(1'000'000'000);

class CountedIds : public stun::TransactionIds {
 public:
  explicit CountedIds(uint8_t first) : first_(first) {}
  stun::TransactionId Next() override {
    ++last_;
    return {first_,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            static_cast<uint8_t>(last_ >> 8),
            static_cast<uint8_t>(last_)};
  }

 private:
  uint8_t first_;
  uint16_t last_ = 0;
};

inline net::Endpoint At(std::string_view text) { return *net::Endpoint::Parse(text); }

inline std::string CandidateLine(std::string_view endpoint, uint32_t priority,
                                 std::string_view foundation) {
  const net::Endpoint at = At(endpoint);
  return "candidate:" + std::string(foundation) + " 1 udp " + std::to_string(priority) + " " +
         at.address.ToString() + " " + std::to_string(at.port) + " typ host";
}

struct Side {
  Side(AgentConfig config, uint8_t number) : ids(number), agent(std::move(config), ids) {}

  CountedIds ids;
  Agent agent;
  std::vector<Path> selections;
  std::vector<AgentState> states;
  size_t sent = 0;
};

// Where a message comes out: the path as the receiver sees it; nullopt: it is lost.
using Network = std::function<std::optional<Path>(const Path& sent)>;

inline std::optional<Path> Straight(const Path& sent) {
  return Path{sent.remote, sent.local, sent.transport};
}

// All of it is lost.
inline std::optional<Path> Silence(const Path&) { return std::nullopt; }

class TwoAgents {
 public:
  static constexpr net::Duration kDelay = std::chrono::milliseconds(20);

  explicit TwoAgents(AgentConfig of_a = {.role = Role::kControlling, .tiebreaker = 2},
                     AgentConfig of_b = {.role = Role::kControlled, .tiebreaker = 1})
      : a(With(std::move(of_a), {"aaaa", "aaaaaaaaaaaaaaaaaaaaaa"}), 1),
        b(With(std::move(of_b), {"bbbb", "bbbbbbbbbbbbbbbbbbbbbb"}), 2) {}

  // Each gets one host candidate.
  void AddHosts(std::string_view at_a = "192.0.2.1:1000",
                std::string_view at_b = "192.0.2.2:2000") {
    AddHost(a, b, at_a, "1");
    AddHost(b, a, at_b, "1");
  }
  static void AddLocalOnly(Side& own, std::string_view at, std::string_view foundation,
                           uint32_t priority = 2130706431) {
    own.agent.AddLocal(
        {.base = At(at), .priority = priority, .foundation = std::string(foundation)}, kStart);
  }
  void AddHost(Side& own, Side& other, std::string_view at, std::string_view foundation,
               uint32_t priority = 2130706431) {
    AddLocalOnly(own, at, foundation, priority);
    const std::string line = CandidateLine(at, priority, foundation);
    EXPECT_EQ(other.agent.AddRemote(*Candidate::Parse(line), now), Agent::Added::kAdded);
  }
  void ExchangeCredentials() {
    EXPECT_TRUE(a.agent.SetRemote(b.agent.local(), now));
    EXPECT_TRUE(b.agent.SetRemote(a.agent.local(), now));
  }

  // Lets that much time pass: every timer and message in its order.
  void Run(net::Duration duration) {
    const net::Instant end = now + duration;
    for (int step = 0;; ++step) {
      ASSERT_LT(step, 20'000) << "a deadline that does not pass";
      net::Instant next = std::min(a.agent.NextDeadline(), b.agent.NextDeadline());
      if (!in_flight_.empty()) next = std::min(next, in_flight_.front().arrives);
      if (next > end) break;
      now = std::max(now, next);
      Deliver();
      Tick(a);
      Tick(b);
    }
    now = end;
  }

  void Inject(Side& to, const Path& path, Bytes bytes) {
    to.agent.OnStun(path, bytes, now, actions_);
    Carry(to);
  }

  bool BothConnected() const {
    return a.agent.state() == AgentState::kConnected && b.agent.state() == AgentState::kConnected;
  }

  Side a;
  Side b;
  Network from_a = Straight;
  Network from_b = Straight;
  net::Instant now = kStart;

 private:
  struct Message {
    net::Instant arrives;
    Side* to;
    Path path;
    std::vector<uint8_t> bytes;
  };

  static AgentConfig With(AgentConfig config, Credentials local) {
    config.local = std::move(local);
    return config;
  }

  void Tick(Side& side) {
    if (now < side.agent.NextDeadline()) return;
    side.agent.OnTimeout(now, actions_);
    Carry(side);
  }

  void Deliver() {
    while (!in_flight_.empty() && in_flight_.front().arrives <= now) {
      const Message message = std::move(in_flight_.front());
      in_flight_.pop_front();
      message.to->agent.OnStun(message.path, message.bytes, now, actions_);
      Carry(*message.to);
    }
  }

  void Carry(Side& from) {
    EXPECT_TRUE(from.agent.IsConsistent());
    for (const Action& action : actions_) {
      if (const auto* send = std::get_if<SendStun>(&action)) {
        ++from.sent;
        const std::optional<Path> path = (&from == &a ? from_a : from_b)(send->path);
        if (!path) continue;
        const Bytes bytes = actions_.BytesOf(*send);
        in_flight_.push_back(
            {now + kDelay, &from == &a ? &b : &a, *path, {bytes.begin(), bytes.end()}});
      } else if (const auto* selected = std::get_if<Selected>(&action)) {
        from.selections.push_back(selected->path);
      } else if (const auto* changed = std::get_if<StateChanged>(&action)) {
        from.states.push_back(changed->state);
      }
    }
    actions_.Clear();
  }

  std::deque<Message> in_flight_;
  Actions actions_;
};

}  // namespace koeru::ice
