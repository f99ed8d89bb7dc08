#pragma once

// What `koeru call` and `koeru check --media` ask CallRun to do.

#include <optional>
#include <string>

#include "native_server/client/client_link.h"
#include "native_server/tools/call/call_machine.h"
#include "native_server/tools/call/call_tls.h"

namespace koeru::tools {

struct CallPlan {
  std::string host = {};  // of the URL
  uint16_t port = 443;
  CallVia via = CallVia::kDirect;
  CallMachine::Options call = {};
  int seconds = 10;
  int calls = 1;
  // For the media peer, and for TURN where nothing else is named below. Empty: those that the
  // server hands out at /ice-servers; where it has none, those of TURN.
  std::string user = {}, password = {};
  CallTls tls = {};
  // Of TURN, instead of what /ice-servers names: the link, or the URI of any server.
  std::optional<server::LinkOptions> turn = std::nullopt;
  std::string turn_uri = {};
  std::string turn_user = {}, turn_password = {};
  net::Duration timeout = std::chrono::seconds(10);
};

}  // namespace koeru::tools
