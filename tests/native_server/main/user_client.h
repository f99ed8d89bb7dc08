#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/alternate_server.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/nonce.h"
#include "core/stun/attributes/origin.h"
#include "core/stun/attributes/realm.h"
#include "core/turn/attributes.h"
#include "core/turn/channel_data.h"
#include "tests/core/relay/support/scripted_client.h"
#include "tests/native_server/worker/test_socket.h"

namespace koeru::server {

// A client with a name and a password, or an access token, over UDP.
class UserClient {
 public:
  UserClient(uint16_t port, std::string username, std::string password,
             const net::Address& server = net::Address::V4(127, 0, 0, 1))
      : server_{server, port} {
    client_.username = std::move(username);
    client_.password = std::move(password);
    client_.realm = "r";
  }

  // With an access token (RFC 7635), of which `session_key` is the key inside.
  UserClient(uint16_t port, std::string kid, const relay::LongTermKey& session_key,
             std::vector<uint8_t> token)
      : UserClient(port, std::move(kid), std::string()) {
    client_.session_key = session_key;
    token_ = std::move(token);
  }

  // A client of a page of that origin, and of the realm that it leads to.
  UserClient& Of(std::string origin, std::string realm) {
    origin_ = std::move(origin);
    client_.realm = std::move(realm);
    return *this;
  }
  // Of the last challenge.
  const std::string& challenged_in() const { return challenged_in_; }

  // 0 for success, else the error code, -1 for silence.
  int Allocate() {
    const relay::testing::Attributes udp = [this](stun::MessageBuilder& b) {
      b.Add(turn::RequestedTransport{turn::kProtocolUdp});
      if (!token_.empty()) b.AddRaw(stun::attribute_type::kAccessToken, token_);
    };
    if (client_.nonce.empty()) {
      const int code = Ask(stun::Method::kAllocate, udp);
      if (code != 401) return code;
    }
    return Ask(stun::Method::kAllocate, udp);
  }
  // ALTERNATE-SERVER of the last answer.
  const std::optional<net::Endpoint>& alternate() const { return alternate_; }
  int Release() {
    return Ask(stun::Method::kRefresh, [](stun::MessageBuilder& b) { b.Add(turn::Lifetime{0}); });
  }
  int Refresh() { return Ask(stun::Method::kRefresh, nullptr); }
  int Permit(const net::Address& peer) {
    return Ask(stun::Method::kCreatePermission, [&](stun::MessageBuilder& b) {
      b.Add(turn::XorPeerAddress{net::Endpoint{peer, 9}});
    });
  }
  int Bind(uint16_t channel, const net::Endpoint& peer) {
    return Ask(stun::Method::kChannelBind, [&](stun::MessageBuilder& b) {
      b.Add(turn::ChannelNumber{channel});
      b.Add(turn::XorPeerAddress{peer});
    });
  }
  void Send(uint16_t channel, const std::vector<uint8_t>& payload) {
    std::vector<uint8_t> message(turn::kChannelDataHeaderSize);
    turn::WriteChannelDataHeader(std::span(message).first<turn::kChannelDataHeaderSize>(), channel,
                                 payload.size());
    message.insert(message.end(), payload.begin(), payload.end());
    socket_.Send(server_, message);
  }

 private:
  int Ask(stun::Method method, const relay::testing::Attributes& add) {
    socket_.Send(server_, client_.Request(method, [&](stun::MessageBuilder& b) {
      if (!origin_.empty()) b.Add(stun::Origin{origin_});
      if (add) add(b);
    }));
    const auto answer = socket_.Receive(10'000);
    if (!answer) return -1;
    const auto message = stun::MessageView::Parse(answer->bytes);
    if (!message.ok()) return -2;
    if (message->message_class() == stun::Class::kSuccessResponse) return 0;
    if (const auto nonce = message->Get<stun::Nonce>(); nonce.ok() && *nonce) {
      client_.nonce = (*nonce)->text;
    }
    alternate_.reset();
    if (const auto server = message->Get<stun::AlternateServer>(); server.ok() && *server) {
      alternate_ = (*server)->endpoint;
    }
    if (const auto realm = message->Get<stun::Realm>(); realm.ok() && *realm) {
      challenged_in_ = (*realm)->text;
    }
    return (**message->Get<stun::ErrorCode>()).code;
  }

  net::Endpoint server_;
  std::optional<net::Endpoint> alternate_;
  TestSocket socket_{{net::Address::V4(127, 0, 0, 1), 0}};
  relay::testing::ScriptedClient client_;
  std::string origin_, challenged_in_;
  std::vector<uint8_t> token_;  // of ACCESS-TOKEN; empty: none
};

}  // namespace koeru::server
