// WebOptions: all that can be chosen about the web side of the server. Plain values and callbacks.
//
// Callbacks may run on any thread of the Door, several at once; they must be quick, because
// other visitors wait meanwhile.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native_server/door/door_options.h"
#include "native_server/web/rooms.h"

namespace koeru::server::web {

// What a callback may know about a request. `host` and `port` are what the page used in its Host
// header, checked for syntax: the way back to this server that works from where the page is.
struct RequestInfo {
  std::string source{};  // address of the client: never log it above debug level
  std::string host{};    // "relay.example.org", "192.168.1.20", "fd00::7" (no brackets)
  uint16_t port = 0;
  bool is_loopback = false;  // the request came from this machine
};

// The body of the reply as JSON; nothing: "503 not available".
using JsonFunction = std::function<std::optional<std::string>(const RequestInfo&)>;

// The rest of a request. Views live for the call only.
struct RequestLine {
  std::string_view method, path, query;
  std::string_view authorization;  // the header's value, empty without one
};

// What a handler answers: a body that is complete.
struct HandlerReply {
  int status = 200;
  std::string_view content_type;
  std::string body;
};
using RequestHandler = std::function<HandlerReply(const RequestInfo&, const RequestLine&)>;

// Every table and every wait has a limit. What happens at the limit stands behind it.
struct WebLimits {
  size_t header_bytes = 16 * 1024;        // 431
  size_t header_fields = 64;              // 431
  size_t target_bytes = 4 * 1024;         // 414
  size_t requests_per_connection = 1000;  // then "Connection: close"

  std::chrono::milliseconds header_time{10'000};  // 408, closed: from its first byte to its last
  std::chrono::milliseconds idle_time{30'000};    // closed: between two requests
  std::chrono::milliseconds write_time{20'000};   // closed: for each 64 KiB of an answer

  double ice_servers_burst = 60;  // 429, for each source
  double ice_servers_per_s = 0.5;
  double upgrades_burst = 60;  // 429: new WebSockets of one source
  double upgrades_per_s = 1;

  size_t websocket_frame_bytes = 1 << 20;  // close 1009 without a word
  size_t websocket_queue_messages = 512;   // close 1013: a member that does not read
  size_t websocket_queue_bytes = 1 << 20;
  std::chrono::seconds websocket_idle_time{60};  // a ping at half of it, dropped at its end

  RoomLimits rooms{};
};

struct WebOptions {
  // Where challenges of an authority go that come by plain HTTP (door/acme_redirect.h).
  std::string acme_redirect{};
  // Port in the redirect from plain HTTP on a port of its own.
  uint16_t redirect_port = 0;

  bool serve_page = true;         // files below `roots`
  bool serve_signalling = true;   // /signal
  bool serve_ice_servers = true;  // /ice-servers, if `ice_servers` is given

  // Instead of everything else: it answers each request, whatever its method. It may wait, if the
  // Door's threads serve nobody but its visitors.
  RequestHandler handler{};

  // Directories that are laid over each other: the first one that has a file gives it.
  std::vector<std::string> roots{};

  // Origins ("https://www.example.org") besides the server's own whose pages may use signalling
  // and credentials.
  std::vector<std::string> allowed_origins{};

  JsonFunction ice_servers{};  // see ice_servers.h for the reply
  // What the server's own media peer is to hear (rooms.h); empty: there is none. It must not wait.
  std::function<void(PeerLetter)> media_peer{};
  JsonFunction stats{};  // GET /stats.json
  // Who but this machine itself may see /stats.json; none if empty.
  std::function<bool(const RequestInfo&)> may_see_stats{};
  std::function<bool()> healthy{};  // GET /healthz; empty: healthy as long as it answers
  // GET /readyz: whether new clients are welcome; empty: always.
  std::function<bool()> ready{};
  LogFunction log{};

  WebLimits limits{};
};

}  // namespace koeru::server::web
