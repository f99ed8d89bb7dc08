#include "native_server/web/ice_servers.h"

#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "native_server/web/json_text.h"

namespace koeru::server::web {

std::string BuildIceServersJson(const IceServersReply& reply) {
  const bool is_v6 = reply.host.find(':') != std::string::npos;
  const std::string host = is_v6 ? absl::StrCat("[", reply.host, "]") : reply.host;
  const auto uri = [&](std::string_view scheme, uint16_t port, std::string_view rest) {
    return JsonString(absl::StrCat(scheme, ":", host, ":", port, rest));
  };
  std::vector<std::string> servers;
  if (reply.udp_port != 0) {
    servers.push_back(absl::StrCat("{\"urls\":[", uri("stun", reply.udp_port, ""), "]}"));
  }
  std::vector<std::string> relays;
  if (reply.udp_port != 0) relays.push_back(uri("turn", reply.udp_port, "?transport=udp"));
  if (reply.tcp_port != 0) relays.push_back(uri("turn", reply.tcp_port, "?transport=tcp"));
  if (reply.tls_port != 0) relays.push_back(uri("turns", reply.tls_port, "?transport=tcp"));
  if (!relays.empty() && !reply.username.empty()) {
    servers.push_back(absl::StrCat("{\"urls\":[", absl::StrJoin(relays, ","),
                                   "],\"username\":", JsonString(reply.username),
                                   ",\"credential\":", JsonString(reply.credential), "}"));
  }
  return absl::StrCat("{\"iceServers\":[", absl::StrJoin(servers, ","), "],\"ttl\":", reply.ttl_s,
                      "}");
}

}  // namespace koeru::server::web
