#include "native_server/media/host_candidates.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/ice/priority.h"

namespace koeru::server {

namespace {

// Below every candidate of UDP but the relayed ones.
constexpr uint8_t kTcpHostPreference = 90;

}  // namespace

uint32_t HostPriority(const net::Endpoint& endpoint, size_t place, net::Transport transport) {
  const size_t preference =
      65535 - std::min<size_t>(place, 1000) - (endpoint.address.is_v6() ? 0 : 1001);
  return ice::ComputePriority(
      {.type_preference = net::IsStream(transport)
                              ? kTcpHostPreference
                              : ice::RecommendedTypePreference(ice::CandidateType::kHost),
       .local_preference = static_cast<uint16_t>(preference)});
}

std::string HostCandidateLine(const net::Endpoint& endpoint, size_t place,
                              net::Transport transport) {
  const bool is_stream = net::IsStream(transport);
  return absl::StrCat("candidate:", place + 1, is_stream ? " 1 tcp " : " 1 udp ",
                      HostPriority(endpoint, place, transport), " ", endpoint.address.ToString(),
                      " ", endpoint.port, " typ host", is_stream ? " tcptype passive" : "");
}

}  // namespace koeru::server
