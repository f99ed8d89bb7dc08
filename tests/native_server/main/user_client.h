#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/stun/attributes/alternate_server.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/nonce.h"
#include "core/turn/attributes.h"
#include "core/turn/channel_data.h"
#include "tests/core/relay/support/scripted_client.h"
#include "tests/native_server/worker/test_socket.h"

namespace koeru::server {

// A client with a name and a password, over UDP.
class UserClient {
 public:
  UserClient(uint16_t port, std::string username, std::string password,
             const net::Address& server = net::Address::V4(127, 0, 0, 1))
      : server_{server, port} {
    client_.username = std::move(username);
    client_.password = std::move(password);
    client_.realm = "r";
  }

  // 0 for success, else the error code, -1 for silence.
  int Allocate() {
    const relay::testing::Attributes udp = [](stun::MessageBuilder& b) {
      b.Add(turn::RequestedTransport{turn::kProtocolUdp});
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
    socket_.Send(server_, client_.Request(method, add));
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
    return (**message->Get<stun::ErrorCode>()).code;
  }

  net::Endpoint server_;
  std::optional<net::Endpoint> alternate_;
  TestSocket socket_{{net::Address::V4(127, 0, 0, 1), 0}};
  relay::testing::ScriptedClient client_;
};

}  // namespace koeru::server
