#pragma once

// Asks a running koeru-relay through its Unix socket (admin-socket): HTTP, one request for each
// connection, JSON back. native_server/admin/ADMIN.md describes the API.

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace koeru::tools {

// Waits 15 seconds at most. Errors say what to do: no socket there, not allowed, or what the relay
// answered (its "error").
absl::StatusOr<boost::json::object> AskRelay(const std::string& socket, std::string_view method,
                                             std::string_view target);

// The socket when none is named: the first one there is of /run/koeru/admin.sock (the package's
// service) and the demo's; otherwise the first.
std::string DefaultRelaySocket();

}  // namespace koeru::tools
