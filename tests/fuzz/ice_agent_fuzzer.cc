// koeru_fuzzer deps: koeru_ice
//
// Two ICE agents under random operations, messages that are lost, doubled, forged and late, and
// time steps. After every operation both are consistent, who has failed sends nothing and has no
// path, and messages go only to endpoints that signalling named or a message came from. At the end,
// over a network without faults, two agents that did not fail find each other.
//
// Input: one byte names an operation, the following ones its parameters (see Step).

#include <deque>
#include <set>

#include "core/ice/agent/agent.h"
#include "core/ice/agent/binding_check.h"
#include "tests/fuzz/require.h"

namespace koeru::ice {
namespace {

using namespace std::chrono_literals;
using fuzz::Require;

class Ids : public stun::TransactionIds {
 public:
  explicit Ids(uint8_t first) : first_(first) {}
  stun::TransactionId Next() override {
    ++last_;
    return {first_, static_cast<uint8_t>(last_ >> 24), static_cast<uint8_t>(last_ >> 16),
            static_cast<uint8_t>(last_ >> 8), static_cast<uint8_t>(last_)};
  }

 private:
  uint8_t first_;
  uint32_t last_ = 0;
};

Credentials CredentialsOf(uint8_t side, uint8_t generation) {
  const std::string text(1, static_cast<char>('a' + (side * 8 + generation) % 26));
  return {text + text + text + text, std::string(22, text[0])};
}

net::Endpoint EndpointOf(uint8_t side, uint8_t port) {
  return {net::Address::V4(192, 0, 2, side), static_cast<uint16_t>(1000 + port)};
}

struct Side {
  Side(uint8_t number, Role role, bool lite)
      : number(number),
        ids(number),
        agent({.role = role, .lite = lite, .tiebreaker = number, .local = CredentialsOf(number, 0)},
              ids) {}

  const uint8_t number;
  Ids ids;
  Agent agent;
  std::set<net::Endpoint> known;  // where it may send to
};

class Session {
 public:
  explicit Session(Bytes input)
      : input_(input),
        lite_(input_.U8() % 4 == 0),
        a_(1, Role::kControlling, false),
        b_(2, input_.U8() % 2 == 0 ? Role::kControlled : Role::kControlling, lite_) {
    for (Side* side : {&a_, &b_}) {
      for (uint8_t port = 0; port < 2; ++port) {
        side->agent.AddLocal({.base = EndpointOf(side->number, port),
                              .priority = 1000u + port,
                              .foundation = std::string(1, static_cast<char>('0' + port))},
                             now_);
      }
    }
  }

  void Run() {
    for (int i = 0; i < 300 && input_.remaining() > 0; ++i) Step();
    Settle();
  }

 private:
  struct Message {
    Side* to;
    Path path;
    std::vector<uint8_t> bytes;
  };

  Side& AnySide() { return input_.U8() % 2 == 0 ? a_ : b_; }
  Side& Other(const Side& side) { return &side == &a_ ? b_ : a_; }

  void Step() {
    switch (input_.U8() % 9) {
      case 0:
        return Deliver();
      case 1:
        if (!in_flight_.empty()) in_flight_.pop_front();
        return;
      case 2:
        if (!in_flight_.empty() && in_flight_.size() < 200)
          in_flight_.push_back(in_flight_.front());
        return;
      case 3:
        return Wait(20ms * input_.U8());
      case 4: {
        const uint8_t at = input_.U8(), flip = input_.U8();
        if (in_flight_.empty()) return;
        std::vector<uint8_t>& bytes = in_flight_.front().bytes;
        bytes[at % bytes.size()] ^= flip;
        return Deliver();
      }
      case 5: {
        Side& side = AnySide();
        const Path path{EndpointOf(side.number, 0), EndpointOf(9, input_.U8())};
        return Receive(side, path, input_.Take(std::min<size_t>(input_.U8(), input_.remaining())));
      }
      case 6:
        return Restart();
      case 7: {
        Side& side = AnySide();
        return AddRemote(side, EndpointOf(Other(side).number, input_.U8() % 3), input_.U8());
      }
      default:
        return Craft();
    }
  }

  // A check by someone who knows the credentials, with any content.
  void Craft() {
    Side& side = AnySide();
    const uint8_t flags = input_.U8();
    const Path path{EndpointOf(side.number, flags % 3), EndpointOf(9, input_.U8())};
    std::array<uint8_t, 1024> buffer;
    const Bytes check =
        EncodeCheck(buffer, ids_.Next(),
                    {.priority = input_.U8(),
                     .role = (flags & 4) != 0 ? Role::kControlling : Role::kControlled,
                     .tiebreaker = input_.U8(),
                     .use_candidate = (flags & 8) != 0},
                    Other(side).agent.local(), side.agent.local());
    Receive(side, path, check);
  }

  void AddRemote(Side& side, const net::Endpoint& endpoint, uint8_t priority) {
    const std::string line = "candidate:1 1 udp " + std::to_string(1 + priority) + " " +
                             endpoint.address.ToString() + " " + std::to_string(endpoint.port) +
                             " typ host";
    side.agent.AddRemote(*Candidate::Parse(line), now_);
    side.known.insert(endpoint);
    Check();
  }

  void Exchange() {
    a_.agent.SetRemote(b_.agent.local(), now_);
    b_.agent.SetRemote(a_.agent.local(), now_);
    Check();
  }

  void Restart() {
    ++generation_;
    a_.agent.Restart(CredentialsOf(1, generation_), now_);
    b_.agent.Restart(CredentialsOf(2, generation_), now_);
    Exchange();
  }

  void Deliver() {
    if (in_flight_.empty()) return;
    const Message message = std::move(in_flight_.front());
    in_flight_.pop_front();
    Receive(*message.to, message.path, message.bytes);
  }

  void Receive(Side& side, const Path& path, Bytes bytes) {
    side.known.insert(path.remote);
    const bool had_failed = side.agent.state() == AgentState::kFailed;
    side.agent.OnStun(path, bytes, now_, actions_);
    Carry(side, had_failed);
  }

  void Wait(net::Duration duration) {
    now_ = now_ + duration;
    for (Side* side : {&a_, &b_}) {
      for (int i = 0; i < 8 && now_ >= side->agent.NextDeadline(); ++i) {
        const bool had_failed = side->agent.state() == AgentState::kFailed;
        side->agent.OnTimeout(now_, actions_);
        Carry(*side, had_failed);
      }
    }
  }

  void Carry(Side& side, bool had_failed) {
    Require(!had_failed || actions_.empty(), "who has failed does nothing");
    for (const Action& action : actions_) {
      const auto* send = std::get_if<SendStun>(&action);
      if (send == nullptr) continue;
      Require(side.known.contains(send->path.remote), "nothing goes to strangers");
      Side& to = Other(side);
      if (send->path.remote.address != EndpointOf(to.number, 0).address) continue;
      const Bytes bytes = actions_.BytesOf(*send);
      if (in_flight_.size() < 200) {
        in_flight_.push_back({&to,
                              {send->path.remote, send->path.local, send->path.transport},
                              {bytes.begin(), bytes.end()}});
      }
    }
    actions_.Clear();
    Check();
  }

  void Check() {
    for (const Side* side : {&a_, &b_}) {
      Require(side->agent.IsConsistent(), "IsConsistent");
      Require(side->agent.state() != AgentState::kFailed || !side->agent.selected(),
              "who has failed has no path");
    }
  }

  void Settle() {
    in_flight_.clear();
    Restart();
    for (Side* side : {&a_, &b_}) AddRemote(*side, EndpointOf(Other(*side).number, 0), 9);
    for (int i = 0; i < 2000; ++i) {
      Wait(10ms);
      while (!in_flight_.empty()) Deliver();
    }
    Require(
        a_.agent.state() == AgentState::kConnected && b_.agent.state() == AgentState::kConnected,
        "two agents find each other");
    Require(a_.agent.selected()->local == b_.agent.selected()->remote &&
                a_.agent.selected()->remote == b_.agent.selected()->local,
            "by the same pair");
  }

  Reader input_;
  const bool lite_;
  Side a_, b_;
  Ids ids_{9};
  std::deque<Message> in_flight_;
  Actions actions_;
  net::Instant now_ = net::Instant::FromNanoseconds(1'000'000'000);
  uint8_t generation_ = 0;
};

}  // namespace
}  // namespace koeru::ice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  koeru::ice::Session({data, size}).Run();
  return 0;
}
