#pragma once

// A relay with its edge faked, for tests that read as input -> expected actions:
//
//   RelayHarness h;
//   ScriptedClient alice = h.Client("192.0.2.1:50000");
//   ASSERT_EQ(h.Allocate(alice), 0);                      // 0: success, else the error code
//   ASSERT_EQ(h.Permit(alice, "198.51.100.7:9"), 0);
//   h.Advance(300s);
//   EXPECT_EQ(h.RouteSend(alice, "198.51.100.7:9", "hi").drop, Drop::kNoPermission);

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "core/bytes/hex.h"
#include "core/relay/relay.h"
#include "core/relay/rules.h"
#include "core/stun/attributes/error_code.h"
#include "core/turn/attributes.h"
#include "core/turn/channel_data.h"
#include "tests/core/relay/support/fakes.h"
#include "tests/core/relay/support/scripted_client.h"

namespace koeru::relay::testing {

using namespace std::chrono_literals;  // NOLINT: tests only

inline net::Address At(std::string_view text) { return *net::Address::Parse(text); }
inline net::Endpoint Ep(std::string_view text) { return *net::Endpoint::Parse(text); }

class RelayHarness {
 public:
  // Change these before the first packet.
  RelayConfig config;
  FakeQuota quota;
  FakeLive live, live_tcp;
  WorkerPlace place;
  RecordingEvents events;
  SeededRandom random;

  net::Instant now = net::Instant::FromNanoseconds(0) + 1h;
  net::UnixTime wall{1'700'000'000};
  Actions actions;
  bool sockets_open = true;      // answer OpenRelaySocket at once
  int sockets_fail = 0;          // so many times with a failure first
  std::vector<OpenRelaySocket> opened;
  std::vector<AllocationHandle> closed;
  std::optional<Packet> reply;   // the last one; empty when there was none
  std::vector<Packet> replies;   // all of the last call
  // RFC 6062: what the last call asked for. Nobody answers ConnectPeer but the test.
  std::vector<ConnectPeer> connects;
  std::vector<ConnectionId> closed_peers;
  std::vector<relay::BindConnection> bound;
  std::vector<MoveConnection> moved;
  // Questions to the database of users; Answer() answers them.
  struct Question {
    uint64_t id;
    std::string realm, name;
  };
  std::vector<Question> asked;

  RelayHarness() {
    config.realm = "example.org";
    config.users.push_back({"alice", "secret", {}});
    config.users.push_back({"bob", "hidden", {}});
    config.nonce_key = std::vector<uint8_t>(32, 7);
    config.relay_addresses = {{At("5.5.5.1"), At("5.5.5.1")},
                              {At("2600::1"), At("2600::1")}};
    config.own_addresses = {At("5.5.5.1"), At("2600::1")};
    config.allow_private_peers = true;  // the documentation networks, which tests use
    config.quota = &quota;
    config.live = &live;
    config.live_tcp = &live_tcp;
    config.events = &events;
  }

  Relay& relay() {
    if (!relay_) relay_ = std::make_unique<Relay>(
          std::make_shared<const RelayRules>(config, random), random, nullptr, place);
    return *relay_;
  }

  // A changed `config` takes effect.
  void Reload() { relay().SetRules(std::make_shared<const RelayRules>(config, random)); }

  ScriptedClient Client(std::string_view address, std::string username = "alice",
                        std::string password = "secret") {
    ScriptedClient client;
    client.five_tuple.client.endpoint = Ep(address);
    client.five_tuple.server.endpoint =
        client.five_tuple.client.endpoint.address.is_v4() ? Ep("5.5.5.1:3478")
                                                          : Ep("[2600::1]:3478");
    client.username = std::move(username);
    client.password = std::move(password);
    return client;
  }

  ScriptedClient TcpClient(std::string_view address, std::string username = "alice",
                           std::string password = "secret") {
    ScriptedClient client = Client(address, std::move(username), std::move(password));
    client.five_tuple.transport = net::Transport::kTcp;
    return client;
  }

  // Time passes; timers fire when they are due.
  void Advance(net::Duration by) {
    const net::Instant target = now + by;
    while (relay().NextDeadline() <= target) {
      now = std::max(now, relay().NextDeadline());
      Do([&] { relay().OnTimeout(now, actions); });
    }
    now = target;
    wall.seconds += std::chrono::duration_cast<std::chrono::seconds>(by).count();
  }

  // One packet in; what comes out is in reply, opened and closed.
  void Send(const ScriptedClient& client, const Packet& message) {
    Do([&] { relay().OnMessage(client.five_tuple, message, now, wall, actions); });
  }

  // The client's connection is closed (TCP, TLS).
  void Disconnect(const ScriptedClient& client) {
    Do([&] { relay().OnClientGone(client.five_tuple, now, actions); });
  }

  // What the database of users says to a question; to the last one.
  void Answer(Relay::LookUp result, std::string_view password = {}) {
    Answer(asked.back(), result, password);
  }
  void Answer(const Question& to, Relay::LookUp result, std::string_view password = {}) {
    const LongTermKey key =
        LongTermKey::Derive(KeyAlgorithm::kMd5, to.name, to.realm, password);
    Do([&] { relay().OnUserLookedUp(to.id, result, key, now, actions); });
  }

  // 0 for a success response, the error code otherwise, -1 for silence.
  int Ask(ScriptedClient& client, stun::Method method, const Attributes& add = nullptr) {
    Send(client, client.Request(method, add));
    return Code();
  }
  int Code() const {
    if (!reply) return -1;
    const auto message = stun::MessageView::Parse(*reply);
    if (message->message_class() == stun::Class::kSuccessResponse) return 0;
    return (**message->Get<stun::ErrorCode>()).code;
  }
  // An attribute of the last reply.
  template <typename A>
  std::optional<A> Get() const {
    return *stun::MessageView::Parse(*reply)->Get<A>();
  }
  bool ReplyHas(uint16_t type) const { return stun::MessageView::Parse(*reply)->Has(type); }

  // Takes a nonce from a 401, as every client does first.
  void LogIn(ScriptedClient& client) {
    client.nonce.clear();
    ASSERT_EQ(Ask(client, stun::Method::kAllocate, Udp()), 401);
    client.nonce = Get<stun::Nonce>()->text;
  }

  static Attributes Udp(Attributes more = nullptr) {
    return [more](stun::MessageBuilder& b) {
      b.Add(turn::RequestedTransport{turn::kProtocolUdp});
      if (more) more(b);
    };
  }
  int Allocate(ScriptedClient& client, const Attributes& more = nullptr) {
    if (client.nonce.empty() && !config.anonymous) LogIn(client);
    return Ask(client, stun::Method::kAllocate, Udp(more));
  }
  // RFC 6062.
  int AllocateTcp(ScriptedClient& client, const Attributes& more = nullptr) {
    if (client.nonce.empty() && !config.anonymous) LogIn(client);
    return Ask(client, stun::Method::kAllocate, [&](stun::MessageBuilder& b) {
      b.Add(turn::RequestedTransport{turn::kProtocolTcp});
      if (more) more(b);
    });
  }
  // -1, silence, while the connection is being opened.
  int Connect(ScriptedClient& client, std::string_view peer) {
    return Ask(client, stun::Method::kConnect,
               [&](stun::MessageBuilder& b) { b.Add(turn::XorPeerAddress{Ep(peer)}); });
  }
  int BindConnection(ScriptedClient& client, ConnectionId id) {
    if (client.nonce.empty() && !config.anonymous) LogIn(client);
    return Ask(client, stun::Method::kConnectionBind, [&](stun::MessageBuilder& b) {
      b.Add(turn::ConnectionId{static_cast<uint32_t>(id)});
    });
  }
  // What became of a ConnectPeer.
  int Connected(ConnectionId id) {
    Do([&] { relay().OnPeerConnected(id, now, actions); });
    return Code();
  }
  int ConnectFailed(ConnectionId id) {
    Do([&] { relay().OnPeerConnectFailed(id, now, actions); });
    return Code();
  }
  // A peer connects to the allocation made last.
  std::optional<ConnectionId> Accept(std::string_view peer) {
    std::optional<ConnectionId> id;
    Do([&] { id = relay().OnPeerAccepted(opened.back().allocation, {Ep(peer)}, now, actions); });
    return id;
  }

  int Refresh(ScriptedClient& client, std::optional<uint32_t> seconds = std::nullopt) {
    return Ask(client, stun::Method::kRefresh, [&](stun::MessageBuilder& b) {
      if (seconds) b.Add(turn::Lifetime{*seconds});
    });
  }
  int Permit(ScriptedClient& client, std::string_view peer) {
    return Ask(client, stun::Method::kCreatePermission,
               [&](stun::MessageBuilder& b) { b.Add(turn::XorPeerAddress{Ep(peer)}); });
  }
  int Bind(ScriptedClient& client, uint16_t number, std::string_view peer) {
    return Ask(client, stun::Method::kChannelBind, [&](stun::MessageBuilder& b) {
      b.Add(turn::ChannelNumber{number});
      b.Add(turn::XorPeerAddress{Ep(peer)});
    });
  }

  // Data from the client.
  RouteToPeer RouteSend(ScriptedClient& client, std::string_view peer, std::string_view data) {
    packet = client.Indication(stun::Method::kSend, [&](stun::MessageBuilder& b) {
      b.Add(turn::XorPeerAddress{Ep(peer)});
      b.Add(turn::Data{AsBytes(data)});
    });
    return relay().RouteFromClient(client.five_tuple, packet, now);
  }
  RouteToPeer RouteChannel(const ScriptedClient& client, uint16_t number, std::string_view data) {
    packet.assign(4 + data.size(), 0);
    Writer w(packet);
    turn::WriteChannelData(w, number, AsBytes(data), turn::Padding::kNone);
    return relay().RouteFromClient(client.five_tuple, packet, now);
  }
  std::string Payload(const RouteToPeer& route) const {
    return std::string(
        AsText(Bytes(packet).subspan(route.payload_offset, route.payload_size)));
  }
  // Data from a peer, to the allocation made last.
  RouteToClient RouteBack(std::string_view peer) {
    return relay().RouteFromPeer(opened.back().allocation, {Ep(peer)}, now);
  }

  Packet packet;  // the data packet sent last

 private:
  template <typename Call>
  void Do(Call call) {
    actions.Clear();
    reply.reset();
    replies.clear();
    connects.clear();
    closed_peers.clear();
    bound.clear();
    moved.clear();
    call();
    // Answers to actions make more actions: carry them out one by one.
    for (size_t i = 0; i < actions.size(); ++i) {
      const Action action = actions[i];
      if (const auto* send = std::get_if<SendToClient>(&action)) {
        const Bytes bytes = actions.BytesOf(*send);
        reply.emplace(bytes.begin(), bytes.end());
        replies.push_back(*reply);
      } else if (const auto* open = std::get_if<OpenRelaySocket>(&action)) {
        opened.push_back(*open);
        if (sockets_fail > 0) {
          --sockets_fail;
          relay().OnRelaySocketFailed(open->allocation, now, actions);
        } else if (sockets_open) {
          relay().OnRelaySocketOpened(open->allocation, now, actions);
        }
      } else if (const auto* close = std::get_if<CloseRelaySocket>(&action)) {
        closed.push_back(close->allocation);
      } else if (const auto* connect = std::get_if<ConnectPeer>(&action)) {
        connects.push_back(*connect);
      } else if (const auto* close_peer = std::get_if<ClosePeer>(&action)) {
        closed_peers.push_back(close_peer->connection);
      } else if (const auto* bind = std::get_if<relay::BindConnection>(&action)) {
        bound.push_back(*bind);
      } else if (const auto* move = std::get_if<MoveConnection>(&action)) {
        moved.push_back(*move);
      } else if (const auto* user = std::get_if<LookUpUser>(&action)) {
        asked.push_back({user->id, std::string(actions.RealmOf(*user)),
                         std::string(actions.NameOf(*user))});
      }
    }
  }

  std::unique_ptr<Relay> relay_;
};

}  // namespace koeru::relay::testing
