#pragma once

// What is on its way to clients: replies, which are copied, and data, which is not: its header is
// written into the room in front of the payload where there is some, else gathered. Streams copy.

#include "core/relay/config.h"
#include "core/relay/route.h"
#include "native_server/worker/dtls_clients.h"
#include "native_server/worker/listeners.h"
#include "native_server/worker/scratch.h"
#include "native_server/worker/stream_clients.h"

namespace koeru::server {

// A payload inside a receive buffer. `room` bytes in front of it may be overwritten.
struct PayloadWithRoom {
  uint8_t* data = nullptr;
  size_t size = 0;
  size_t room = 0;
};

class ClientSender {
 public:
  ClientSender(Listeners& listeners, StreamClients& streams, DtlsClients& dtls, bool segments,
               relay::RandomSource& random)
      : listeners_(listeners),
        streams_(streams),
        dtls_(dtls),
        segments_(segments),
        random_(random) {}

  void AddReply(const net::FiveTuple& five_tuple, Bytes message);
  // As it is, whatever the transport: a datagram of a DTLS handshake. It is copied.
  void AddDatagram(const net::FiveTuple& five_tuple, Bytes datagram);

  // Over a connection, behind two bytes of length (RFC 4571). It is copied.
  void AddFramed(const net::FiveTuple& five_tuple, Bytes packet);

  // As ChannelData or, when the route names no channel, as a Data indication.
  // `limit` is the flow's (see send_queue.h). The payload must stay until Flush().
  void AddData(const relay::RouteToClient& route, const PayloadWithRoom& payload,
               SegmentLimit& limit);
  // `count` payloads of one size that lie behind each other.
  void AddDataRun(const relay::RouteToClient& route, const PayloadWithRoom& first, size_t count,
                  SegmentLimit& limit);

  void Flush();

  // Where that client comes in; null when there is no such listener or connection.
  ListenerTraffic* TrafficOf(const net::FiveTuple& five_tuple);

 private:
  MutableBytes HeaderFor(const PayloadWithRoom& payload, size_t size);
  // Memory that stays until Flush(); sends what waits when there is no more.
  MutableBytes TakeScratch(size_t size);
  // The header of ChannelData that finds no room in front of its payload.
  Bytes SharedHeader(uint16_t channel, size_t payload_size);
  void Send(const net::FiveTuple& five_tuple, const Outgoing& datagram, SegmentLimit* limit);
  // As one record of its association.
  void SendSealed(const net::FiveTuple& five_tuple, const Outgoing& message);

  Listeners& listeners_;
  StreamClients& streams_;
  DtlsClients& dtls_;
  bool segments_;
  relay::RandomSource& random_;
  Scratch scratch_;
  std::vector<uint8_t> gathered_;  // a message on its way into a record
  // The header of a run's datagrams, which all have the same channel and size.
  Bytes channel_header_;
  uint16_t channel_ = 0;
  size_t channel_size_ = 0;
};

}  // namespace koeru::server
