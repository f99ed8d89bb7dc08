#pragma once

// The checks that a browser does on one RTCIceServer before it starts (WebRTC section 4.4.1.6, "set
// the configuration"), with the exception it would throw and a sentence that tells the remedy.
//
//   IceServer server{{"turn:turn.example.org"}, "alice", std::nullopt};
//   auto problem = CheckIceServer(server);
//   problem->exception;      // "InvalidAccessError"
//   problem->error.reason;   // "a turn: or turns: server needs a credential: ..."

#include <optional>
#include <span>
#include <string_view>

#include "core/bytes/result.h"

namespace koeru::ice {

struct IceServer {
  std::span<const std::string_view> urls;
  std::optional<std::string_view> username;
  std::optional<std::string_view> credential;
};

struct IceServerProblem {
  std::string_view exception;  // the DOMException's name
  size_t url_index = 0;
  ParseError error;  // the offset counts within that URL
};

// The first problem, or nullopt when a browser would take the server.
std::optional<IceServerProblem> CheckIceServer(const IceServer& server);

}  // namespace koeru::ice
