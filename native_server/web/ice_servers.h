// The JSON of GET /ice-servers: what RTCPeerConnection's constructor takes, and how long it works.
//
//   {"iceServers":[{"urls":["stun:[fd00::7]:3478"]},
//                  {"urls":["turn:[fd00::7]:3478?transport=udp"],
//                   "username":"1790000000:anna","credential":"..."}],
//    "ttl":3600}
#pragma once

#include <cstdint>
#include <string>

namespace koeru::server::web {

struct IceServersReply {
  std::string host{};      // RequestInfo::host: what the page itself used to get here
  uint16_t udp_port = 0;   // 0: not offered
  uint16_t tcp_port = 0;   // 0: not offered
  uint16_t tls_port = 0;   // 0: not offered
  std::string username{};  // empty: only STUN is offered
  std::string credential{};
  uint32_t ttl_s = 0;
};

// URIs as in RFC 7064 and RFC 7065; IPv6 addresses get their brackets.
std::string BuildIceServersJson(const IceServersReply& reply);

}  // namespace koeru::server::web
