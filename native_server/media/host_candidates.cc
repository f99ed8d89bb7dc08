#include "native_server/media/host_candidates.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/ice/priority.h"

namespace koeru::server {

uint32_t HostPriority(const net::Endpoint& endpoint, size_t place) {
  const size_t preference =
      65535 - std::min<size_t>(place, 1000) - (endpoint.address.is_v6() ? 0 : 1001);
  return ice::ComputePriority(
      {.type_preference = ice::RecommendedTypePreference(ice::CandidateType::kHost),
       .local_preference = static_cast<uint16_t>(preference)});
}

std::string HostCandidateLine(const net::Endpoint& endpoint, size_t place) {
  return absl::StrCat("candidate:", place + 1, " 1 udp ", HostPriority(endpoint, place), " ",
                      endpoint.address.ToString(), " ", endpoint.port, " typ host");
}

}  // namespace koeru::server
