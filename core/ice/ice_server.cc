#include "core/ice/ice_server.h"

#include "core/ice/uri.h"

namespace koeru::ice {

std::optional<IceServerProblem> CheckIceServer(const IceServer& server) {
  // "If the list of URLs is empty, throw a SyntaxError."
  if (server.urls.empty()) {
    return IceServerProblem{"SyntaxError", 0, {"urls is empty: name at least one server", 0}};
  }
  for (size_t i = 0; i < server.urls.size(); ++i) {
    const Result<Uri> uri = Uri::Parse(server.urls[i]);
    if (!uri.ok()) return IceServerProblem{"SyntaxError", i, uri.error()};
    if (!uri->is_turn()) continue;
    // "if scheme is turn or turns, and either of server.username or server.credential are
    // omitted, then throw an InvalidAccessError."
    if (!server.username) {
      return IceServerProblem{"InvalidAccessError",
                              i,
                              {"a turn: or turns: server needs a username: add it beside urls", 0}};
    }
    if (!server.credential) {
      return IceServerProblem{
          "InvalidAccessError",
          i,
          {"a turn: or turns: server needs a credential: add it beside urls", 0}};
    }
    // RFC 8489 section 14.3: USERNAME has fewer than 509 bytes; browsers take 509.
    if (server.username->size() > 509) {
      return IceServerProblem{
          "InvalidAccessError", i, {"the username has more than 509 bytes: shorten it", 0}};
    }
  }
  return std::nullopt;
}

}  // namespace koeru::ice
