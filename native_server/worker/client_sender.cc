#include "native_server/worker/client_sender.h"

#include <algorithm>
#include <array>

#include "core/ice/stream_framing.h"
#include "core/turn/channel_data.h"
#include "native_server/worker/data_headers.h"

namespace koeru::server {
namespace {

constexpr std::array<uint8_t, 3> kZeros{};

using ChannelHeader = std::span<uint8_t, turn::kChannelDataHeaderSize>;

// The address to send from, where the socket does not say it.
const net::Address* SourceOf(const Listener& listener, const net::FiveTuple& five_tuple) {
  return listener.wildcard ? &five_tuple.server.endpoint.address : nullptr;
}

}  // namespace

MutableBytes ClientSender::TakeScratch(size_t size) {
  MutableBytes taken = scratch_.Take(size);
  if (taken.empty() && size > 0) {
    Flush();
    taken = scratch_.Take(size);
  }
  return taken;
}

MutableBytes ClientSender::HeaderFor(const PayloadWithRoom& payload, size_t size) {
  if (payload.room >= size) return {payload.data - size, size};
  return TakeScratch(size);
}

void ClientSender::Send(const net::FiveTuple& five_tuple, const Outgoing& datagram,
                        SegmentLimit* limit) {
  if (five_tuple.transport == net::Transport::kDtls) return SendSealed(five_tuple, datagram);
  Listener* listener = listeners_.Find(five_tuple.server);
  if (listener == nullptr) return;
  listener->queue.Add(SocketAddress(five_tuple.client.endpoint), SourceOf(*listener, five_tuple),
                      datagram, limit);
}

void ClientSender::SendSealed(const net::FiveTuple& five_tuple, const Outgoing& message) {
  // Gathered before scratch memory is taken, which may give back what the header lies in.
  gathered_.clear();
  for (const Bytes part : {message.header, message.payload, message.tail}) {
    gathered_.insert(gathered_.end(), part.begin(), part.end());
  }
  const MutableBytes room = TakeScratch(gathered_.size() + DtlsEngine::kRecordOverhead);
  if (room.empty()) return;
  const Bytes record = dtls_.Seal(five_tuple, gathered_, room);
  Listener* const listener = listeners_.Find(five_tuple.server);
  if (record.empty() || listener == nullptr) return;
  listener->queue.Add(SocketAddress(five_tuple.client.endpoint), SourceOf(*listener, five_tuple),
                      {.header = {}, .payload = record, .tail = {}}, nullptr);
}

void ClientSender::AddDatagram(const net::FiveTuple& five_tuple, Bytes datagram) {
  const MutableBytes copy = TakeScratch(datagram.size());
  Listener* const listener = listeners_.Find(five_tuple.server);
  if (copy.empty() || listener == nullptr) return;
  std::copy(datagram.begin(), datagram.end(), copy.begin());
  listener->queue.Add(SocketAddress(five_tuple.client.endpoint), SourceOf(*listener, five_tuple),
                      {.header = {}, .payload = copy, .tail = {}}, nullptr);
}

void ClientSender::AddFramed(const net::FiveTuple& five_tuple, Bytes packet) {
  const auto header = ice::StreamFraming::HeaderOf(packet.size());
  streams_.Add(five_tuple, StreamQueue::Kind::kData,
               {.header = header, .payload = packet, .tail = {}});
}

void ClientSender::AddReply(const net::FiveTuple& five_tuple, Bytes message) {
  if (net::IsStream(five_tuple.transport)) {
    streams_.Add(five_tuple, StreamQueue::Kind::kControl,
                 {.header = {}, .payload = message, .tail = {}});
    return;
  }
  const MutableBytes copy = TakeScratch(message.size());
  if (copy.empty()) return;
  std::copy(message.begin(), message.end(), copy.begin());
  Send(five_tuple, {.header = {}, .payload = copy, .tail = {}}, nullptr);
}

void ClientSender::AddData(const relay::RouteToClient& route, const PayloadWithRoom& payload,
                           SegmentLimit& limit) {
  const net::Endpoint& peer = route.peer.endpoint;
  Outgoing datagram{.header = {}, .payload = {payload.data, payload.size}, .tail = {}};
  if (route.channel == 0) {
    const MutableBytes header = HeaderFor(payload, DataIndicationHeaderSize(peer.address.family()));
    stun::TransactionId id;
    random_.Fill(id);
    WriteDataIndicationHeader(header, peer, id, payload.size);
    datagram.header = header;
    datagram.tail = Bytes(kZeros).first(turn::PaddingOf(payload.size));
  } else if (payload.room >= turn::kChannelDataHeaderSize) {
    // Header and payload are one piece of memory.
    const ChannelHeader header(payload.data - turn::kChannelDataHeaderSize,
                               turn::kChannelDataHeaderSize);
    turn::WriteChannelDataHeader(header, route.channel, payload.size);
    datagram.payload = {header.data(), header.size() + payload.size};
  } else {
    datagram.header = SharedHeader(route.channel, payload.size);
  }
  if (net::IsStream(route.five_tuple.transport)) {
    // RFC 8656 section 12.5: "Over TCP and TLS-over-TCP, the ChannelData message MUST be padded to
    // a multiple of four bytes".
    datagram.tail = Bytes(kZeros).first(turn::PaddingOf(payload.size));
    return streams_.Add(route.five_tuple, StreamQueue::Kind::kData, datagram);
  }
  Send(route.five_tuple, datagram, segments_ ? &limit : nullptr);
}

Bytes ClientSender::SharedHeader(uint16_t channel, size_t payload_size) {
  if (channel_header_.empty() || channel_ != channel || channel_size_ != payload_size) {
    const MutableBytes header = TakeScratch(turn::kChannelDataHeaderSize);
    turn::WriteChannelDataHeader(ChannelHeader(header), channel, payload_size);
    channel_header_ = header;
    channel_ = channel;
    channel_size_ = payload_size;
  }
  return channel_header_;
}

void ClientSender::AddDataRun(const relay::RouteToClient& route, const PayloadWithRoom& first,
                              size_t count, SegmentLimit& limit) {
  if (route.channel == 0 || count == 1 || route.five_tuple.transport != net::Transport::kUdp) {
    for (size_t i = 0; i < count; ++i) {
      AddData(route, {first.data + i * first.size, first.size, i == 0 ? first.room : 0}, limit);
    }
    return;
  }
  Listener* listener = listeners_.Find(route.five_tuple.server);
  if (listener == nullptr) return;
  listener->queue.AddRun(SocketAddress(route.five_tuple.client.endpoint),
                         SourceOf(*listener, route.five_tuple),
                         {.header = SharedHeader(route.channel, first.size),
                          .first = {first.data, first.size},
                          .stride = first.size,
                          .count = count},
                         segments_ ? &limit : nullptr);
}

ListenerTraffic* ClientSender::TrafficOf(const net::FiveTuple& five_tuple) {
  if (net::IsStream(five_tuple.transport)) return streams_.TrafficOf(five_tuple);
  Listener* const listener = listeners_.Find(five_tuple.server);
  if (listener == nullptr) return nullptr;
  return five_tuple.transport == net::Transport::kDtls ? listener->dtls : listener->udp;
}

void ClientSender::Flush() {
  listeners_.FlushAll();
  streams_.Flush();
  scratch_.Clear();
  channel_header_ = {};
}

}  // namespace koeru::server
