#include "native_server/main/stats_json.h"

#include "absl/strings/str_cat.h"

namespace koeru::server {

// All names are our own words and all values are numbers: nothing needs escaping.
std::string StatsJson(const Totals& t, uint64_t uptime_s) {
  std::string dropped;
  for (size_t i = 1; i < kDropCauses; ++i) {
    absl::StrAppend(&dropped, "\"", DropName(static_cast<relay::Drop>(i)), "\":", t.dropped[i],
                    ",");
  }
  absl::StrAppend(&dropped, "\"slow-reader\":", t.slow_reader, ",\"send-failed\":", t.send_failed,
                  ",\"worker-busy\":", t.steered_dropped);
  return absl::StrCat(
      "{\"uptime_s\":", uptime_s, ",\"workers\":", t.workers, ",\"allocations\":", t.allocations,
      ",\"stream_clients\":", t.stream_clients, ",\"dtls_clients\":", t.dtls_clients,
      ",\"allocations_total\":", t.allocations_total,
      ",\"client_to_peer\":{\"packets\":", t.client_to_peer_packets,
      ",\"bytes\":", t.client_to_peer_bytes,
      "},\"peer_to_client\":{\"packets\":", t.peer_to_client_packets,
      ",\"bytes\":", t.peer_to_client_bytes, "},\"binding_requests\":", t.binding_requests,
      ",\"allocate_requests\":", t.allocate_requests, ",\"unauthorized\":", t.unauthorized,
      ",\"steered\":", t.steered,
      ",\"dropped\":{", dropped, "},\"recv_calls\":", t.recv_calls,
      ",\"send_calls\":", t.send_calls, "}");
}

}  // namespace koeru::server
