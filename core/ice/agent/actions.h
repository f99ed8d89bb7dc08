#pragma once

// What an ICE agent wants done, in order: messages to send, and what became of the connection.

#include <cstdint>
#include <variant>

#include "core/bytes/action_list.h"
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

class Actions : public ActionList<Action> {
 public:
  Bytes BytesOf(const SendStun& send) const { return View(send.offset, send.size); }

  // For the agent.
  void Send(const Path& path, Bytes message) {
    Push(SendStun{path, Store(message), message.size()});
  }
  void Add(const Action& action) { Push(action); }
};

}  // namespace koeru::ice
