#include "native_server/client/turn_session.h"

#include <poll.h>

#include <array>
#include <utility>

#include "core/stun/attributes.h"
#include "core/turn/attributes.h"
#include "core/turn/channel_data.h"
#include "native_server/client/client_socket.h"
#include "native_server/io/clock.h"
#include "native_server/tls/crypto_init.h"

namespace koeru::server {
namespace {

// The largest UDP payload, and what a Send indication adds to it.
constexpr size_t kLargestMessage = 65535 + 128;

}  // namespace

stun::TransactionId RandomTransactionIds::Next() {
  stun::TransactionId id;
  FillRandom(id);
  return id;
}

TurnSession::TurnSession(std::unique_ptr<ClientLink> link, client::TurnClientConfig config,
                         stun::TransactionIds& ids)
    : link_(std::move(link)), ids_(ids), machine_(std::move(config), ids) {}

Answer TurnSession::Ask(const client::Request& request, net::Duration timeout) {
  answer_ = {};
  answered_ = false;
  const net::Instant begin = Now();
  const net::Instant deadline = begin + timeout;
  actions_.Clear();
  machine_.Start(request, begin, actions_);
  CarryOut({});
  while (!answered_ && status_.ok()) {
    const net::Instant now = Now();
    if (now >= deadline) {
      answer_.status = {Trouble::kSilent, "no answer"};
      break;
    }
    if (now >= machine_.NextDeadline()) {
      actions_.Clear();
      machine_.OnTimeout(now, actions_);
      CarryOut({});
    } else if (WaitFor(link_->fd(), POLLIN, std::min(deadline, machine_.NextDeadline()))) {
      ReceiveAll();
    }
  }
  if (!answered_ && !status_.ok()) answer_.status = status_;
  answer_.took = Now() - begin;
  return std::exchange(answer_, {});
}

LinkStatus TurnSession::SendIndication(const net::PeerAddress& peer, Bytes payload,
                                       bool dont_fragment) {
  std::vector<uint8_t> buffer(kLargestMessage);
  return link_->Send(
      client::EncodeSendIndication(buffer, ids_.Next(), peer, payload, dont_fragment));
}

LinkStatus TurnSession::SendChannel(uint16_t channel, Bytes payload) {
  std::array<uint8_t, kLargestMessage> buffer;
  Writer writer(buffer);
  turn::WriteChannelData(writer, channel, payload, turn::Padding::kNone);
  return link_->Send(writer.written());
}

std::optional<Data> TurnSession::WaitForData(net::Instant deadline) {
  while (data_.empty() && status_.ok()) {
    if (!WaitFor(link_->fd(), POLLIN, deadline)) break;
    ReceiveAll();
  }
  return TakeData();
}

std::optional<Data> TurnSession::TakeData() {
  if (data_.empty() && status_.ok()) ReceiveAll();
  if (data_.empty()) return std::nullopt;
  Data data = std::move(data_.front());
  data_.pop_front();
  return data;
}

void TurnSession::ReceiveAll() {
  LinkStatus status = link_->Receive([this](Bytes message) { OnMessage(message); });
  if (!status.ok()) status_ = std::move(status);
}

void TurnSession::OnMessage(Bytes message) {
  if (!message.empty() && message[0] >> 6 == 1) {
    const auto channel = turn::ChannelDataView::Parse(message);
    if (!channel.ok()) return;
    data_.push_back({channel->channel, {}, {channel->data.begin(), channel->data.end()}, Now()});
    return;
  }
  LookAt(message);
  actions_.Clear();
  machine_.OnDatagram(message, Now(), actions_);
  CarryOut(message);
}

void TurnSession::LookAt(Bytes message) {
  const auto view = stun::MessageView::Parse(message);
  if (!view.ok()) return;
  if (const auto software = view->Get<stun::Software>(); software.ok() && *software) {
    challenges_.software = (*software)->text;
  }
  const auto error = view->Get<stun::ErrorCode>();
  if (!error.ok() || !*error) return;
  challenges_.unauthenticated += (*error)->code == stun::error_code::kUnauthenticated ? 1 : 0;
  challenges_.stale_nonce += (*error)->code == stun::error_code::kStaleNonce ? 1 : 0;
  if (const auto realm = view->Get<stun::Realm>(); realm.ok() && *realm) {
    challenges_.realm = (*realm)->text;
  }
  if (const auto nonce = view->Get<stun::Nonce>(); nonce.ok() && *nonce) {
    challenges_.has_nonce = true;
  }
}

void TurnSession::CarryOut(Bytes message) {
  for (const client::Action& action : actions_) {
    if (const auto* send = std::get_if<client::SendToServer>(&action)) {
      ++answer_.sent;
      if (LinkStatus status = link_->Send(actions_.BytesOf(*send)); !status.ok()) {
        status_ = std::move(status);
      }
    } else if (const auto* data = std::get_if<client::DataReceived>(&action)) {
      const Bytes bytes = message.subspan(data->offset, data->size);
      data_.push_back({0, data->peer, {bytes.begin(), bytes.end()}, Now()});
    } else if (const auto* refused = std::get_if<client::Refused>(&action)) {
      answer_.code = refused->code;
      answer_.reason = refused->reason;
      answer_.alternate_server = refused->alternate_server;
      answered_ = true;
    } else if (const auto* failed = std::get_if<client::Failed>(&action)) {
      answer_.failure = failed->failure;
      answered_ = true;
    } else if (!std::holds_alternative<client::IcmpReceived>(action)) {
      answer_.event = action;
      answered_ = true;
    }
  }
}

}  // namespace koeru::server
