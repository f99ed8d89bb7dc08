#include "native_server/tools/call/call_facts.h"

#include <algorithm>

namespace koeru::tools {

std::string_view NameOf(CallMode mode) {
  switch (mode) {
    case CallMode::kEcho:
      return "echo";
    case CallMode::kDelay:
      return "delay";
    case CallMode::kSink:
      return "sink";
    case CallMode::kSource:
      break;
  }
  return "source";
}

std::string_view NameOf(CallVia via) {
  switch (via) {
    case CallVia::kDirect:
      return "direct";
    case CallVia::kUdp:
      return "udp";
    case CallVia::kTcp:
      return "tcp";
    case CallVia::kTls:
      return "tls";
    case CallVia::kDtls:
      break;
  }
  return "dtls";
}

void StreamFacts::Take(const Arrivals& arrivals, uint32_t sent_payloads) {
  received = arrivals.received();
  received_bytes = arrivals.bytes();
  lost = arrivals.Lost(sent_payloads);
  out_of_order = arrivals.out_of_order();
  repeated = arrivals.repeated();
  damaged = arrivals.damaged();
  round_trips = arrivals.round_trips();
  worst_ms = arrivals.worst_ms();
}

void StreamFacts::Add(const StreamFacts& other) {
  is_asked_for = is_asked_for || other.is_asked_for;
  sent += other.sent;
  sent_bytes += other.sent_bytes;
  received += other.received;
  received_bytes += other.received_bytes;
  lost += other.lost;
  out_of_order += other.out_of_order;
  repeated += other.repeated;
  damaged += other.damaged;
  repaired += other.repaired;
  frames += other.frames;
  if (other.lost_on_the_way_there) {
    lost_on_the_way_there = lost_on_the_way_there.value_or(0) + *other.lost_on_the_way_there;
  }
  round_trips.Add(other.round_trips);
  worst_ms = std::max(worst_ms, other.worst_ms);
}

}  // namespace koeru::tools
