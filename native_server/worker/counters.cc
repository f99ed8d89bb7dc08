#include "native_server/worker/counters.h"

#include <algorithm>

namespace koeru::server {

std::string_view DropName(relay::Drop cause) {
  switch (cause) {
    case relay::Drop::kNone:
      return "none";
    case relay::Drop::kNotAPacket:
      return "not-a-packet";
    case relay::Drop::kNoAllocation:
      return "no-allocation";
    case relay::Drop::kNoChannel:
      return "no-channel";
    case relay::Drop::kNoPermission:
      return "no-permission";
    case relay::Drop::kMalformed:
      return "malformed";
    case relay::Drop::kPeerDenied:
      return "peer-denied";
    case relay::Drop::kOverBandwidth:
      return "over-bandwidth";
  }
  return "unknown";
}

void Totals::AddTraffic(const ListenerTraffic& traffic) {
  const auto is_same = [&](const ListenerTotals& known) {
    return known.listener == traffic.listener && known.transport == traffic.transport;
  };
  auto listener = std::find_if(listeners.begin(), listeners.end(), is_same);
  if (listener == listeners.end()) {
    listener = listeners.insert(listeners.end(), ListenerTotals());
    listener->listener = traffic.listener;
    listener->transport = traffic.transport;
  }
  const ListenerTotals more{traffic.listener,
                            traffic.transport,
                            traffic.to_peer.packets.Get(),
                            traffic.to_peer.bytes.Get(),
                            traffic.to_client.packets.Get(),
                            traffic.to_client.bytes.Get()};
  client_to_peer_packets += more.to_peer_packets;
  client_to_peer_bytes += more.to_peer_bytes;
  peer_to_client_packets += more.to_client_packets;
  peer_to_client_bytes += more.to_client_bytes;
  listener->to_peer_packets += more.to_peer_packets;
  listener->to_peer_bytes += more.to_peer_bytes;
  listener->to_client_packets += more.to_client_packets;
  listener->to_client_bytes += more.to_client_bytes;
}

void Totals::Add(const WorkerCounters& worker) {
  ++workers;
  for (const ListenerTraffic& traffic : worker.listeners.all()) AddTraffic(traffic);
  latency.Add(worker.latency.Get());
  allocations += worker.allocations.Get();
  used_allocations += worker.used_allocations.Get();
  never_used += worker.never_used.Get();
  allocations_total += worker.allocations_total.Get();
  binding_requests += worker.binding_requests.Get();
  allocate_requests += worker.allocate_requests.Get();
  unauthorized += worker.unauthorized.Get();
  for (size_t i = 0; i < kDropCauses; ++i) dropped[i] += worker.dropped[i].Get();
  dropped[static_cast<size_t>(relay::Drop::kNotAPacket)] += worker.not_stun.Get();
  stream_clients += worker.stream_clients.Get();
  dtls_clients += worker.dtls_clients.Get();
  tcp_connections += worker.tcp_connections.Get();
  peers_connected += worker.peers_connected.Get();
  peers_accepted += worker.peers_accepted.Get();
  peers_refused += worker.peers_refused.Get();
  peers_unbound += worker.peers_unbound.Get();
  slow_reader += worker.slow_reader.Get();
  challenges += worker.challenges.Get();
  held_back += worker.held_back.Get();
  user_lookups += worker.user_lookups.Get();
  user_lookups_failed += worker.user_lookups_failed.Get();
  user_lookups_dropped += worker.user_lookups_dropped.Get();
  for (size_t i = 0; i < refused.size(); ++i) refused[i] += worker.refused[i].Get();
  for (size_t i = 0; i < ended.size(); ++i) ended[i] += worker.ended[i].Get();
  steered += worker.steered.Get();
  steered_dropped += worker.steered_dropped.Get();
  media_received_packets += worker.media_received_packets.Get();
  media_received_bytes += worker.media_received_bytes.Get();
  media_sent_packets += worker.media_sent_packets.Get();
  media_sent_bytes += worker.media_sent_bytes.Get();
  send_failed += worker.send.failed.Get();
  recv_calls += worker.recv_calls.Get();
  send_calls += worker.send.calls.Get();
}

}  // namespace koeru::server
