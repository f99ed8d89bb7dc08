#pragma once

// Where calls go: found once, before the first of them.

#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>

#include "native_server/client/name_service.h"
#include "native_server/tools/call/call_plan.h"
#include "native_server/tools/call/call_way.h"
#include "native_server/tools/call/web_client.h"

namespace koeru::tools {

struct CallServers {
  WebClient::Options web = {};                        // signalling
  std::string user = {}, password = {};               // for the media peer
  std::optional<TurnWayOptions> turn = std::nullopt;  // none: straight to the media peer
};

// Asks DNS and the server's /ice-servers (native_server/web/ice_servers.h) for what the plan does
// not name, each for plan.timeout at most. What is in the way, as CallFacts::Fail() has it; without
// an error code `found` is whole.
CallFacts FindCallServers(const CallPlan& plan, server::NameService& names,
                          boost::asio::io_context& io, CallServers& found);

}  // namespace koeru::tools
