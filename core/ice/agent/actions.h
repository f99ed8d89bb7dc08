#pragma once

// What an ICE agent wants done, in order: messages to send, and what became of the connection. The
// list and its bytes are kept by Clear(), so in a steady state nothing is allocated.

#include <cstdint>
#include <variant>
#include <vector>

#include "core/bytes/reader.h"
#include "core/ice/agent/path.h"

namespace koeru::ice {

// Send these bytes (Actions::BytesOf) on that path: a STUN message.
struct SendStun {
  Path path;
  size_t offset = 0;
  size_t size = 0;
};

// From now on data goes this way. Never again on the path before.
struct Selected {
  Path path;
};

enum class AgentState : uint8_t {
  kNew,           // nothing is known of the peer
  kChecking,      // no pair is selected yet
  kConnected,     // a pair is selected, and the peer answers on it
  kDisconnected,  // it has not answered for a while; data may still be sent
  kFailed,        // no pair was found in time, or consent has expired: nothing may be sent
};

struct StateChanged {
  AgentState state = AgentState::kNew;
};

using Action = std::variant<SendStun, Selected, StateChanged>;

class Actions {
 public:
  void Clear() {
    list_.clear();
    arena_.clear();
  }
  bool empty() const { return list_.empty(); }
  size_t size() const { return list_.size(); }
  const Action& operator[](size_t i) const { return list_[i]; }
  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }

  // Valid until the next call that adds or clears.
  Bytes BytesOf(const SendStun& send) const {
    return Bytes(arena_).subspan(send.offset, send.size);
  }

  // For the agent.
  void Send(const Path& path, Bytes message) {
    list_.push_back(SendStun{path, arena_.size(), message.size()});
    arena_.insert(arena_.end(), message.begin(), message.end());
  }
  void Add(const Action& action) { list_.push_back(action); }

 private:
  std::vector<Action> list_;
  std::vector<uint8_t> arena_;
};

}  // namespace koeru::ice
