// Clients over DTLS: what lies in their records takes the same way as datagrams.

#include "native_server/worker/worker.h"

namespace koeru::server {
namespace {

// RFC 6347 section 4.1 and 4.2.2: content type, version, epoch, sequence number, length; then the
// type of the handshake message.
constexpr uint8_t kHandshake = 22;
constexpr uint8_t kApplicationData = 23;
constexpr uint8_t kClientHello = 1;

constexpr net::Duration kHandshakeTime = std::chrono::seconds(10);

// A ClientHello that no key protects.
bool IsClientHello(Bytes datagram) {
  return datagram.size() > 13 && datagram[0] == kHandshake && datagram[3] == 0 &&
         datagram[4] == 0 && datagram[13] == kClientHello;
}

// RFC 6347 section 4.2.8: a client may begin a new association where it has one, which "MUST NOT"
// end before the client has shown its cookie; here, before the new one is there.
bool BelongsToHandshake(DtlsClient& client, Bytes datagram, net::Instant now) {
  if (IsClientHello(datagram)) client.begins_anew_until = now + kHandshakeTime;
  return now < client.begins_anew_until && datagram[0] != kApplicationData;
}

}  // namespace

void Worker::AdoptDtls(DtlsAnswer answer) {
  dtls_.Leave(std::move(answer));
  wake_.Signal();
}

// The association first: its client may speak as soon as it has our last datagram.
void Worker::TakeDtlsAnswers() {
  for (DtlsAnswer& answer : dtls_.TakeAnswers()) {
    if (answer.connection.engine != nullptr) {
      // A client that began anew: what the old keys protected is of nobody any more.
      if (dtls_.Find(answer.five_tuple) != nullptr) OnClientGone(answer.five_tuple);
      dtls_.Add(std::move(answer.connection), now_);
    }
    for (const std::vector<uint8_t>& datagram : answer.datagrams) {
      to_clients_.AddDatagram(answer.five_tuple, datagram);
    }
    if (dtls_.Find(answer.five_tuple) != nullptr) OnDtlsRecords(answer.five_tuple, {});
  }
}

// `five_tuple_` is that of the datagram, and is so again in the end.
void Worker::OnDtlsDatagram(Bytes datagram) {
  const net::FiveTuple of_datagram = five_tuple_;
  ListenerTraffic* const traffic = traffic_;
  net::FiveTuple five_tuple = of_datagram;
  five_tuple.transport = net::Transport::kDtls;
  known_.valid = false;
  DtlsClient* client = dtls_.Find(five_tuple);
  if (client == nullptr) {
    TakeDtlsAnswers();
    client = dtls_.Find(five_tuple);
  }
  if (client == nullptr || BelongsToHandshake(*client, datagram, now_)) {
    if (options_.on_dtls_stranger) {
      options_.on_dtls_stranger(five_tuple, datagram);
    } else {
      counters_.Drop(relay::Drop::kNotAPacket);
    }
  } else {
    OnDtlsRecords(five_tuple, datagram);
  }
  five_tuple_ = of_datagram;
  traffic_ = traffic;
  known_.valid = false;
}

// RFC 7350 section 3: each record is one message.
void Worker::OnDtlsRecords(const net::FiveTuple& five_tuple, Bytes datagram) {
  using Kind = DtlsEngine::ReadResult::Kind;
  DtlsClient* client = dtls_.Find(five_tuple);
  client->engine().SetInput(datagram, now_);
  while (client != nullptr) {
    const MutableBytes room = RoomForPlaintext();
    const DtlsEngine::ReadResult read =
        client->engine().Read(room.subspan(ReceiveBatch::kHeadroom));
    for (const std::vector<uint8_t>& answer : client->engine().TakeOutput()) {
      to_clients_.AddDatagram(five_tuple, answer);
    }
    if (read.kind == Kind::kNothing) return;
    if (read.kind == Kind::kEnded) return EndDtls(five_tuple);
    client->last_message = now_;
    five_tuple_ = five_tuple;
    traffic_ = to_clients_.TrafficOf(five_tuple);
    plaintext_used_ += ReceiveBatch::kHeadroom + read.size + ReceiveBatch::kTailroom;
    OnClientDatagrams(room.data() + ReceiveBatch::kHeadroom, read.size, 1, ReceiveBatch::kHeadroom);
    client = dtls_.Find(five_tuple);
  }
}

// What was sent out of it before must stay until it is sent; so it begins anew only after that.
MutableBytes Worker::RoomForPlaintext() {
  constexpr size_t kRoom =
      ReceiveBatch::kHeadroom + DtlsEngine::kLargestContent + ReceiveBatch::kTailroom;
  static_assert(kPlaintextSize >= kRoom);
  if (kPlaintextSize - plaintext_used_ < kRoom) {
    to_peers_.Flush();
    to_clients_.Flush();
    plaintext_used_ = 0;
  }
  return MutableBytes(plaintext_).subspan(plaintext_used_, kRoom);
}

void Worker::EndDtls(const net::FiveTuple& five_tuple) {
  OnClientGone(five_tuple);
  if (DtlsClient* const client = dtls_.Find(five_tuple); client != nullptr) {
    client->engine().CloseNotify();
    for (const std::vector<uint8_t>& datagram : client->engine().TakeOutput()) {
      to_clients_.AddDatagram(five_tuple, datagram);
    }
  }
  dtls_.Erase(five_tuple);
  known_.valid = false;
}

// Who has no allocation and says nothing makes room for others.
void Worker::CloseIdleDtls() {
  for (const net::FiveTuple& five_tuple : dtls_.SilentSince(now_ - options_.stream_idle_time)) {
    if (!relay_.HasAllocation(five_tuple, now_)) EndDtls(five_tuple);
  }
}

}  // namespace koeru::server
