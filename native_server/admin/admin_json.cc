#include "native_server/admin/admin_json.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/bytes/escape.h"
#include "core/net/transport_name.h"
#include "native_server/web/json_text.h"

namespace koeru::server {
namespace {

using web::JsonString;

uint64_t BytesOf(const WatchedAllocation& a) {
  return a.traffic.to_peer_bytes + a.traffic.to_client_bytes;
}

int64_t Seconds(net::Duration time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

std::string TrafficJson(uint64_t packets, uint64_t bytes) {
  return absl::StrCat("{\"packets\":", packets, ",\"bytes\":", bytes, "}");
}

// Names come from clients: what is no UTF-8 is escaped.
std::string ToJson(const WatchedAllocation& a) {
  return absl::StrCat(
      "{\"id\":\"", IdOf(a), "\",\"user\":", JsonString(Escape(a.username)),
      ",\"realm\":", JsonString(Escape(a.realm)), ",\"transport\":\"",
      NameOf(a.five_tuple.transport), "\",\"client\":\"", a.five_tuple.client.endpoint.ToString(),
      "\",\"server\":\"", a.five_tuple.server.endpoint.ToString(), "\",\"relayed\":\"",
      a.relayed.ToString(), "\",\"age_s\":", Seconds(a.age), ",\"left_s\":", Seconds(a.left),
      ",\"permissions\":", a.permissions, ",\"channels\":", a.channels,
      ",\"to_peer\":", TrafficJson(a.traffic.to_peer_packets, a.traffic.to_peer_bytes),
      ",\"to_client\":", TrafficJson(a.traffic.to_client_packets, a.traffic.to_client_bytes), "}");
}

bool ComesFirst(const WatchedAllocation& a, const WatchedAllocation& b, AllocationOrder order) {
  if (order == AllocationOrder::kUser && a.username != b.username) return a.username < b.username;
  if (order == AllocationOrder::kTraffic && BytesOf(a) != BytesOf(b))
    return BytesOf(a) > BytesOf(b);
  return a.age > b.age;
}

}  // namespace

std::string IdOf(const WatchedAllocation& a) {
  return absl::StrCat(a.worker, "-", a.allocation.slot, "-", a.allocation.generation);
}

std::optional<AllocationId> ParseId(std::string_view id) {
  const std::vector<std::string_view> parts = absl::StrSplit(id, '-');
  AllocationId parsed;
  uint32_t worker = 0;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[0], &worker) ||
      !absl::SimpleAtoi(parts[1], &parsed.allocation.slot) ||
      !absl::SimpleAtoi(parts[2], &parsed.allocation.generation)) {
    return std::nullopt;
  }
  parsed.worker = worker;
  return parsed;
}

std::string AllocationsJson(std::vector<WatchedAllocation> all, AllocationOrder order,
                            size_t limit) {
  const size_t shown = std::min(limit, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<ptrdiff_t>(shown), all.end(),
                    [order](const auto& a, const auto& b) { return ComesFirst(a, b, order); });
  std::string json = absl::StrCat("{\"total\":", all.size(), ",\"allocations\":[");
  for (size_t i = 0; i < shown; ++i) absl::StrAppend(&json, i > 0 ? ",\n" : "", ToJson(all[i]));
  return absl::StrCat(json, "]}\n");
}

}  // namespace koeru::server
