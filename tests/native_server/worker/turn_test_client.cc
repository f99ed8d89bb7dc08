#include "tests/native_server/worker/turn_test_client.h"

#include <netinet/udp.h>
#include <poll.h>

#include <array>
#include <cstring>

#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "core/stun/attributes/xor_mapped_address.h"
#include "core/turn/attributes/additional_address_family.h"
#include "core/turn/attributes/channel_number.h"
#include "core/turn/attributes/connection_id.h"
#include "core/turn/attributes/data.h"
#include "core/turn/attributes/dont_fragment.h"
#include "core/turn/attributes/lifetime.h"
#include "core/turn/attributes/requested_address_family.h"
#include "core/turn/attributes/requested_transport.h"
#include "core/turn/attributes/xor_peer_address.h"
#include "core/turn/attributes/xor_relayed_address.h"
#include "core/turn/channel_data.h"
#include "native_server/io/random.h"
#include "native_server/io/socket_address.h"

namespace koeru::server {

void TestClient::SendToServer(Bytes message) {
  if (dtls_ != nullptr) return dtls_->Send(message);
  if (stream_ == nullptr) return socket_->Send(server_, message);
  stream_->Send(message);
}

std::optional<TestSocket::Datagram> TestClient::ReceiveFromServer(int timeout_ms) {
  if (dtls_ == nullptr && stream_ == nullptr) return socket_->Receive(timeout_ms);
  auto message = dtls_ ? dtls_->Receive(timeout_ms) : stream_->Receive(timeout_ms);
  if (!message) return std::nullopt;
  return TestSocket::Datagram{server_, *std::move(message)};
}

template <typename AddAttributes>
int TestClient::Request(stun::Method method, AddAttributes add) {
  std::array<uint8_t, 512> buffer{};
  stun::TransactionId id;
  SystemRandom random;
  random.Fill(id);
  stun::MessageBuilder builder(buffer, {method, stun::Class::kRequest}, id);
  add(builder);
  SendToServer(builder.Finish());
  while (const auto datagram = ReceiveFromServer()) {
    const auto message = stun::MessageView::Parse(datagram->bytes);
    if (!message.ok() || message->transaction_id() != id) continue;
    if (datagram->from != server_) return -2;
    if (message->message_class() == stun::Class::kErrorResponse) {
      const auto error = message->Get<stun::ErrorCode>();
      return error.ok() && *error ? (*error)->code : -3;
    }
    if (const auto got = message->Get<turn::XorRelayedAddress>(); got.ok() && *got) {
      relayed_ = (*got)->endpoint;
    }
    if (const auto got = message->Get<turn::ConnectionId>(); got.ok() && *got) {
      connection_ = (*got)->id;
    }
    if (const auto got = message->Get<stun::MobilityTicket>(); got.ok() && *got) {
      ticket_.assign((*got)->ticket.begin(), (*got)->ticket.end());
    }
    for (const stun::RawAttribute& attribute : message->attributes()) {
      if (attribute.type != turn::XorRelayedAddress::kType) continue;
      const auto got = turn::XorRelayedAddress::Decode(attribute.value, id);
      if (got.ok() && got->endpoint != relayed_) also_relayed_ = got->endpoint;
    }
    if (const auto got = message->Get<stun::XorMappedAddress>(); got.ok() && *got) {
      mapped_ = (*got)->endpoint;
    }
    return 0;
  }
  return -1;
}

int TestClient::Binding() {
  return Request(stun::Method::kBinding, [](stun::MessageBuilder&) {});
}

int TestClient::Allocate(net::Family family) {
  return Request(stun::Method::kAllocate, [&](stun::MessageBuilder& builder) {
    builder.Add(turn::RequestedTransport{});
    builder.Add(turn::RequestedAddressFamily{
        family == net::Family::kIpv6 ? stun::AddressFamily::kIpv6 : stun::AddressFamily::kIpv4});
  });
}

int TestClient::AllocateBoth() {
  return Request(stun::Method::kAllocate, [](stun::MessageBuilder& builder) {
    builder.Add(turn::RequestedTransport{});
    builder.Add(turn::AdditionalAddressFamily{});
  });
}

int TestClient::AllocateMobile() {
  return Request(stun::Method::kAllocate, [](stun::MessageBuilder& builder) {
    builder.Add(turn::RequestedTransport{});
    builder.Add(stun::MobilityTicket{});
  });
}

int TestClient::RefreshWith(const Payload& ticket) {
  return Request(stun::Method::kRefresh,
                 [&](stun::MessageBuilder& builder) { builder.Add(stun::MobilityTicket{ticket}); });
}

int TestClient::Refresh(uint32_t lifetime_s) {
  return Request(stun::Method::kRefresh,
                 [&](stun::MessageBuilder& builder) { builder.Add(turn::Lifetime{lifetime_s}); });
}

int TestClient::CreatePermission(const net::Endpoint& peer) {
  return Request(stun::Method::kCreatePermission,
                 [&](stun::MessageBuilder& builder) { builder.Add(turn::XorPeerAddress{peer}); });
}

int TestClient::AllocateTcp(net::Family family) {
  return Request(stun::Method::kAllocate, [&](stun::MessageBuilder& b) {
    b.Add(turn::RequestedTransport{turn::kProtocolTcp});
    b.Add(turn::RequestedAddressFamily{stun::ToAddressFamily(family)});
  });
}

int TestClient::Connect(const net::Endpoint& peer) {
  return Request(stun::Method::kConnect,
                 [&](stun::MessageBuilder& b) { b.Add(turn::XorPeerAddress{peer}); });
}

int TestClient::ConnectionBind(uint32_t id) {
  return Request(stun::Method::kConnectionBind,
                 [&](stun::MessageBuilder& b) { b.Add(turn::ConnectionId{id}); });
}

std::optional<TestClient::Attempt> TestClient::ReceiveAttempt(int timeout_ms) {
  while (const auto datagram = ReceiveFromServer(timeout_ms)) {
    const auto message = stun::MessageView::Parse(datagram->bytes);
    if (!message.ok() || message->method() != stun::Method::kConnectionAttempt) continue;
    return Attempt{(*message->Get<turn::ConnectionId>())->id,
                   (*message->Get<turn::XorPeerAddress>())->endpoint};
  }
  return std::nullopt;
}

int TestClient::ChannelBind(uint16_t channel, const net::Endpoint& peer) {
  return Request(stun::Method::kChannelBind, [&](stun::MessageBuilder& builder) {
    builder.Add(turn::ChannelNumber{channel});
    builder.Add(turn::XorPeerAddress{peer});
  });
}

void TestClient::SendIndication(const net::Endpoint& peer, Bytes payload, bool dont_fragment) {
  std::vector<uint8_t> buffer(payload.size() + 128);
  stun::MessageBuilder builder(buffer, {stun::Method::kSend, stun::Class::kIndication}, {1, 2, 3});
  builder.Add(turn::XorPeerAddress{peer});
  if (dont_fragment) builder.Add(turn::DontFragment{});
  builder.Add(turn::Data{payload});
  SendToServer(builder.Finish());
}

void TestClient::SendChannelData(uint16_t channel, Bytes payload) {
  std::vector<uint8_t> buffer(payload.size() + 8);
  Writer w(buffer);
  turn::WriteChannelData(w, channel, payload,
                         stream_ != nullptr ? turn::Padding::kToFourBytes : turn::Padding::kNone);
  SendToServer(w.written());
}

void TestClient::SendChannelRun(uint16_t channel, const std::vector<Payload>& payloads) {
  std::vector<uint8_t> buffer(65536);
  Writer w(buffer);
  for (const Payload& payload : payloads) {
    turn::WriteChannelData(w, channel, payload, turn::Padding::kNone);
  }
  socket_->SendRun(server_, w.written(), payloads.front().size() + 4);
}

std::optional<TestClient::Data> TestClient::ReceiveData(int timeout_ms) {
  const auto datagram = ReceiveFromServer(timeout_ms);
  if (!datagram) return std::nullopt;
  Data data;
  if (const auto channel = turn::ChannelDataView::Parse(datagram->bytes);
      channel.ok() && datagram->bytes[0] >= 0x40) {
    data.channel = channel->channel;
    data.payload.assign(channel->data.begin(), channel->data.end());
    return data;
  }
  const auto message = stun::MessageView::Parse(datagram->bytes);
  if (!message.ok() || message->method() != stun::Method::kData) return std::nullopt;
  const auto peer = message->Get<turn::XorPeerAddress>();
  const auto payload = message->Get<turn::Data>();
  if (!peer.ok() || !*peer || !payload.ok() || !*payload) return std::nullopt;
  data.peer = (*peer)->endpoint;
  data.payload.assign((*payload)->data.begin(), (*payload)->data.end());
  return data;
}

std::optional<TestClient::IcmpError> TestClient::ReceiveIcmp(int timeout_ms) {
  const auto datagram = ReceiveFromServer(timeout_ms);
  if (!datagram) return std::nullopt;
  const auto message = stun::MessageView::Parse(datagram->bytes);
  if (!message.ok() || message->method() != stun::Method::kData) return std::nullopt;
  const auto peer = message->Get<turn::XorPeerAddress>();
  const auto icmp = message->Get<turn::Icmp>();
  if (!peer.ok() || !*peer || !icmp.ok() || !*icmp) return std::nullopt;
  return IcmpError{(*peer)->endpoint, **icmp};
}

}  // namespace koeru::server
