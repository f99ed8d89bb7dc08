// Client to peer: ChannelData and Send indications are unwrapped and sent from the allocation's
// relay socket; everything else on a listening socket is a control message.

#include <algorithm>
#include <cstring>

#include "core/turn/channel_data.h"
#include "native_server/worker/worker.h"

namespace koeru::server {
namespace {

constexpr uint16_t kSendIndication =
    stun::MessageType{stun::Method::kSend, stun::Class::kIndication}.ToWire();

// RFC 7983: the first byte tells the protocol. Channel numbers above 0x4FFF are RFC 5766's; the
// state machine says whether they are served.
bool IsChannelData(uint8_t first) { return first >= 0x40 && first <= 0x7F; }
bool IsStun(uint8_t first) { return first <= 3; }
bool IsDtls(uint8_t first) { return first >= 20 && first <= 63; }

// How many datagrams at the start of a run are ChannelData with one and the same header: of one
// size, on one channel. The first counts always.
size_t CountAlike(Bytes run, size_t size) {
  if (size < turn::kChannelDataHeaderSize || !IsChannelData(run[0])) return 1;
  size_t count = 1;
  for (size_t at = size; at + size <= run.size(); at += size) {
    if (std::memcmp(&run[at], run.data(), turn::kChannelDataHeaderSize) != 0) break;
    ++count;
  }
  return count;
}

}  // namespace

size_t Worker::ReceiveFromClients(Listener& listener) {
  if (batch_.room() < ReceiveBatch::kBuffers) FlushAll();
  counters_.recv_calls.Add(1);
  const size_t count = batch_.Receive(listener.fd.get(), ReceiveBatch::kBuffers);
  known_.valid = false;
  SocketAddress previous;
  for (Received& received : batch_.Last(count)) {
    const net::Endpoint server{received.has_to ? received.to : listener.local.address,
                               listener.local.port};
    if (!known_.valid || !(received.from == previous) ||
        five_tuple_.server.endpoint.address != server.address) {
      known_.valid = false;
      previous = received.from;
      five_tuple_ = {.client = {received.from.ToEndpoint()},
                     .server = {server},
                     .transport = net::Transport::kUdp};
    }
    traffic_ = listener.udp;
    if (!steered_.empty() && Steer(received)) continue;
    OnClientRun(received.data, received.size, received.segment_size);
  }
  // The last one was relayed.
  if (known_.valid) counters_.latency.OnRelayed(listener.fd.get(), listener.is_stamped);
  FlushAll();
  return count;
}

void Worker::OnClientRun(uint8_t* data, size_t size, size_t segment_size) {
  size_t at = 0;
  do {
    const size_t one = std::min(segment_size, size - at);
    const size_t alike = CountAlike({data + at, size - at}, one);
    // In front of the first datagram of a run lies the buffer's headroom, in front of the others
    // the datagram before.
    OnClientDatagrams(data + at, one, alike, at == 0 ? ReceiveBatch::kHeadroom : 0);
    at += one * alike;
  } while (at < size);
}

// `count` is more than 1 for ChannelData only.
void Worker::OnClientDatagrams(uint8_t* data, size_t size, size_t count, size_t room) {
  const Bytes bytes(data, size);
  const bool is_plain = five_tuple_.transport == net::Transport::kUdp;
  const bool may_be_media = media_ != nullptr && is_plain && size > 0 && !IsChannelData(data[0]);
  if (may_be_media && OnMediaDatagram({data, size})) return;
  if (is_plain && size > 0 && IsDtls(data[0])) {
    OnDtlsDatagram(bytes);
  } else if (is_plain && !options_.plain_udp) {
    counters_.Drop(relay::Drop::kNotAPacket, count);
  } else if (size > 0 && IsChannelData(data[0])) {
    OnClientData(data, size, count, room);
  } else if (size >= 2 && IsStun(data[0])) {
    if (Reader(bytes).U16() == kSendIndication) {
      OnClientData(data, size, 1, room);
    } else {
      OnControlMessage(bytes);
    }
  } else {
    counters_.Drop(relay::Drop::kNotAPacket);
  }
}

// The state machine is asked once for a run of packets on the same channel: nothing but a control
// message changes the answer, and this batch has one time for all of its packets.
void Worker::OnClientData(uint8_t* data, size_t size, size_t count, size_t room) {
  Reader header(Bytes(data, size));
  const uint16_t channel = header.U16();
  const size_t length = header.U16();
  // RFC 8656 section 12.5: over UDP up to 3 bytes of padding may follow.
  const bool well_formed =
      header.ok() && length <= header.remaining() && header.remaining() - length <= 3;
  if (known_.valid && known_.channel == channel && well_formed) {
    SendToPeer(known_.route, *known_.socket, {data + 4, length, room + 4}, size, count);
    return;
  }
  const relay::RouteToPeer route = relay_.RouteFromClient(five_tuple_, Bytes(data, size), now_);
  RelaySocket* socket =
      route.drop == relay::Drop::kNone ? sockets_.Find(route.allocation) : nullptr;
  if (socket == nullptr) {
    counters_.Drop(route.drop == relay::Drop::kNone ? relay::Drop::kNoAllocation : route.drop,
                   count);
    return;
  }
  socket->listener = traffic_;  // a mobile client's may be another one than before
  known_ = {.valid = IsChannelData(data[0]), .channel = channel, .route = route, .socket = socket};
  SendToPeer(route, *socket,
             {data + route.payload_offset, route.payload_size, room + route.payload_offset}, size,
             count);
}

// `count` payloads of one size, `stride` bytes apart.
void Worker::SendToPeer(const relay::RouteToPeer& route, RelaySocket& socket,
                        const PayloadWithRoom& first, size_t stride, size_t count) {
  if (IsLimited(socket)) count = AdmitToPeer(socket, first.size, count);
  if (count == 0) return;
  sockets_.CountToPeer(socket, first.size, count);
  if (route.peer_is_own && DeliverToOwn(route, socket, first)) {
    for (size_t i = 1; i < count; ++i) {
      DeliverToOwn(route, socket,
                   {first.data + i * stride, first.size, turn::kChannelDataHeaderSize});
    }
    return;
  }
  to_peers_.AddRun(
      socket, route.peer.endpoint,
      {.header = {}, .first = {first.data, first.size}, .stride = stride, .count = count},
      route.dont_fragment);
}

size_t Worker::AdmitToPeer(RelaySocket& socket, size_t size, size_t count) {
  if (!net::IsStream(five_tuple_.transport)) {
    return Admit(socket, Direction::kToPeer, size, count);
  }
  slow_down_until_ = Charge(socket, Direction::kToPeer, size * count);
  return count;
}

// Two clients of this worker: what the kernel would carry from one relay socket to the other goes
// straight to the second client, by the same checks. False: the peer lives on another worker.
bool Worker::DeliverToOwn(const relay::RouteToPeer& route, const RelaySocket& socket,
                          const PayloadWithRoom& payload) {
  relay::AllocationHandle target;
  if (!relay_.FindByRelayedAddress(route.peer.endpoint, target)) return false;
  RelaySocket* target_socket = sockets_.Find(target);
  if (target_socket == nullptr) return false;
  const net::PeerAddress from{socket.local};
  const relay::RouteToClient back = relay_.RouteFromPeer(target, from, now_);
  if (back.drop != relay::Drop::kNone) {
    counters_.Drop(back.drop);
    return true;
  }
  if (IsLimited(*target_socket) &&
      Admit(*target_socket, Direction::kToClient, payload.size, 1) == 0) {
    return true;
  }
  sockets_.CountToClient(*target_socket, payload.size);
  to_clients_.AddData(back, payload, target_socket->to_client_limit);
  return true;
}

}  // namespace koeru::server
