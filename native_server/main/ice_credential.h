#pragma once

// iceServers for RTCPeerConnection, with a credential that works for an hour.

#include <string>

#include "core/net/time.h"
#include "native_server/config/server_options.h"

namespace koeru::server {

inline constexpr uint32_t kCredentialLifetime_s = 3600;

// `host`: the way to this server. Only STUN is offered when there is no shared secret to make a
// credential with.
std::string IceServersJson(const ServerOptions& options, const relay::RelayConfig& config,
                           const std::string& host, net::UnixTime now);

}  // namespace koeru::server
