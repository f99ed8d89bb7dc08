// koeru_fuzzer deps: koeru_relay
//
// The relay's state machine under random operations and time steps. Beside it runs a model that
// knows nothing but success responses and the clock: which peers each client may reach until when.
// After every operation: the relay is consistent, and a packet is routed exactly when the model
// says so, to the client, peer and channel that the model says.
//
// Input: one byte names an operation, the following ones its parameters (see Step).

#include <map>
#include <optional>
#include <set>

#include "core/relay/relay.h"
#include "core/turn/attributes.h"
#include "core/turn/channel_data.h"
#include "tests/core/relay/support/fakes.h"
#include "tests/core/relay/support/scripted_client.h"
#include "tests/fuzz/require.h"

namespace koeru::relay {
namespace {

using namespace std::chrono_literals;
using fuzz::Require;
using testing::Attributes;
using testing::Packet;
using testing::ScriptedClient;

constexpr size_t kClients = 3;

// What one client has, as far as success responses told it.
struct Model {
  net::Instant end;  // of the allocation; nothing else counts behind it
  net::Endpoint relayed;
  AllocationHandle handle;
  std::map<net::Address, net::Instant> permissions;
  struct Binding {
    net::Endpoint peer;
    net::Instant end;
  };
  std::map<uint16_t, Binding> channels;
};

class Session {
 public:
  explicit Session(Bytes input) : input_(input) {
    config_.realm = "example.org";
    config_.users = {{"alice", "secret", {}}, {"bob", "hidden", {}}};
    config_.nonce_key = std::vector<uint8_t>(32, 7);
    config_.relay_addresses = {{Address("10.0.0.5"), Address("5.5.5.1")}};
    config_.min_port = 50000;
    config_.max_port = 50007;  // so few that they run out
    config_.max_permissions_per_allocation = 3;
    config_.max_channels_per_allocation = 3;
    config_.nonce_lifetime = net::Duration::zero();
    config_.quota = &quota_;
    config_.live = &live_;
    quota_.per_user = 4;
    relay_ = std::make_unique<Relay>(config_, random_);
    for (size_t i = 0; i < kClients; ++i) {
      clients_[i].five_tuple.client.endpoint = {net::Address::V4(192, 0, 2, 1),
                                                static_cast<uint16_t>(1000 + i)};
      clients_[i].five_tuple.server.endpoint = {net::Address::V4(5, 5, 5, 1), 3478};
      clients_[i].username = i == 2 ? "bob" : "alice";
      clients_[i].password = i == 2 ? "hidden" : "secret";
      LogIn(clients_[i]);
    }
  }

  void Run() {
    for (int i = 0; i < 400 && input_.remaining() > 0; ++i) {
      Step();
      Require(relay_->IsConsistent(), "IsConsistent");
      CheckAccounts();
    }
  }

 private:
  static net::Address Address(std::string_view text) { return *net::Address::Parse(text); }

  void Step() {
    const uint8_t operation = input_.U8();
    const size_t client = input_.U8() % kClients;
    switch (operation % 12) {
      case 0:
        return PassTime(input_.U8());
      case 1:
        return Allocate(client, input_.U8());
      case 2:
        return Refresh(client, input_.U8());
      case 3:
        return Request(client, stun::Method::kCreatePermission, [this](stun::MessageBuilder& b) {
          for (int more = input_.U8() % 3; more >= 0; --more) b.Add(turn::XorPeerAddress{Peer()});
        });
      case 4:
        return Request(client, stun::Method::kChannelBind, [this](stun::MessageBuilder& b) {
          b.Add(turn::ChannelNumber{Channel()});
          b.Add(turn::XorPeerAddress{Peer()});
        });
      case 5:
        return SendIndication(client);
      case 6:
        return SendChannelData(client);
      case 7:
        return SendFromPeer(client);
      case 8:  // whatever attributes, rightly signed
        return Request(client, AnyMethod(), [this](stun::MessageBuilder& b) {
          for (int more = input_.U8() % 4; more >= 0; --more) {
            const uint16_t type = input_.U16();
            b.AddRaw(type, input_.Take(std::min<size_t>(input_.U8() % 32, input_.remaining())));
          }
        });
      case 9: {  // no message at all, or part of one
        const Bytes bytes = input_.Take(std::min<size_t>(input_.U8(), input_.remaining()));
        Deliver(client, Packet(bytes.begin(), bytes.end()));
        const auto route =
            relay_->RouteFromClient(clients_[client].five_tuple, bytes, now_);
        Require(route.drop != Drop::kNone || Find(client) != nullptr, "no route from nowhere");
        return;
      }
      case 10:
        sockets_fail_ = input_.U8() % 12;
        return;
      case 11: {  // the edge is late, or early
        Timeout();
        return;
      }
    }
  }

  // Some steps end exactly where something ends, or a nanosecond before.
  void PassTime(uint8_t how) {
    static constexpr net::Duration kSteps[] = {1ns,  1ms,  1s,   29s,  30s,
                                               299s, 300s, 599s, 600s, 3600s};
    const net::Duration step = kSteps[how % 10] - (how & 0x40 ? 1ns : 0ns);
    now_ = now_ + step;
    wall_.seconds += std::chrono::duration_cast<std::chrono::seconds>(step).count();
    if (how & 0x80) Timeout();
  }

  void Timeout() {
    actions_.Clear();
    relay_->OnTimeout(now_, actions_);
    CarryOut();
    // Late or not: what the model holds to be over is over, and closed.
    for (size_t i = 0; i < kClients; ++i) {
      if (models_[i] && models_[i]->end <= now_) models_[i].reset();
    }
    size_t alive = 0;
    for (const auto& model : models_) alive += model.has_value();
    Require(relay_->allocation_count() == alive, "OnTimeout ends what is due and nothing else");
    Require(relay_->NextDeadline() > now_, "nothing due is left");
  }

  net::Endpoint Peer() {
    const uint8_t pick = input_.U8();
    const uint16_t port = 1 + (pick >> 6);
    switch (pick % 8) {
      case 5:
        return {Address("127.0.0.1"), port};
      case 6:  // another client's relay, or one of the server's own ports
        return {Address("5.5.5.1"), static_cast<uint16_t>(50000 + (pick >> 3) % 10)};
      case 7:
        return {Address("2600::7"), port};
      default:
        return {net::Address::V4(8, 8, 8, pick % 8), port};
    }
  }
  uint16_t Channel() { return static_cast<uint16_t>(0x3FFF + input_.U8() % 6); }
  stun::Method AnyMethod() {
    static constexpr stun::Method kMethods[] = {
        stun::Method::kBinding, stun::Method::kAllocate, stun::Method::kRefresh,
        stun::Method::kCreatePermission, stun::Method::kChannelBind, stun::Method::kConnect};
    return kMethods[input_.U8() % 6];
  }

  void LogIn(ScriptedClient& client) {
    actions_.Clear();
    relay_->OnMessage(client.five_tuple, client.Request(stun::Method::kAllocate), now_, wall_,
                      actions_);
    const Bytes reply = actions_.BytesOf(std::get<SendToClient>(actions_[0]));
    client.nonce = (*stun::MessageView::Parse(reply)->Get<stun::Nonce>())->text;
  }

  void Allocate(size_t client, uint8_t options) {
    Request(client, stun::Method::kAllocate, [&](stun::MessageBuilder& b) {
      b.Add(turn::RequestedTransport{turn::kProtocolUdp});
      if (options & 1) b.Add(turn::EvenPort{(options & 2) != 0});
      if (options & 4) b.Add(turn::Lifetime{options * 20u});
      if (options & 8) b.Add(token_);
      if (options & 16) b.Add(turn::AdditionalAddressFamily{});
    });
    if (options & 32) Deliver(client, last_request_);  // a retransmission
  }

  void Refresh(size_t client, uint8_t options) {
    Request(client, stun::Method::kRefresh, [&](stun::MessageBuilder& b) {
      if (options & 1) b.Add(turn::Lifetime{options & 2 ? 0u : options * 20u});
    });
    if (options & 4) Deliver(client, last_request_);
  }

  void Request(size_t client, stun::Method method, const Attributes& add) {
    last_request_ = clients_[client].Request(method, add);
    Deliver(client, last_request_);
  }

  void Deliver(size_t client, const Packet& packet) {
    actions_.Clear();
    replies_ = 0;
    relay_->OnMessage(clients_[client].five_tuple, packet, now_, wall_, actions_);
    CarryOut();
    Require(replies_ <= 1, "one answer at most");
    if (replies_ == 1) Learn(client, packet);
  }

  // Actions in order; opening a socket adds more behind.
  void CarryOut() {
    for (size_t i = 0; i < actions_.size(); ++i) {
      const Action action = actions_[i];
      if (const auto* send = std::get_if<SendToClient>(&action)) {
        const Bytes bytes = actions_.BytesOf(*send);
        reply_.assign(bytes.begin(), bytes.end());
        ++replies_;
      } else if (const auto* open = std::get_if<OpenRelaySocket>(&action)) {
        Require(open->local.port >= config_.min_port && open->local.port <= config_.max_port,
                "ports are in the range");
        if (sockets_fail_ > 0) {
          --sockets_fail_;
          relay_->OnRelaySocketFailed(open->allocation, now_, actions_);
          continue;
        }
        Require(sockets_.emplace(open->allocation, open->local).second, "one socket each");
        opened_ = open->allocation;
        relay_->OnRelaySocketOpened(open->allocation, now_, actions_);
      } else if (const auto* close = std::get_if<CloseRelaySocket>(&action)) {
        Require(sockets_.erase(close->allocation) == 1, "closes what is open");
      }
    }
  }

  // The model of a client learns from a success response.
  void Learn(size_t client, const Packet& packet) {
    const auto reply = stun::MessageView::Parse(reply_);
    Require(reply.ok(), "replies are well-formed");
    const auto request = stun::MessageView::Parse(packet);
    Require(request.ok() && request->transaction_id() == reply->transaction_id(),
            "replies answer their request");
    if (reply->message_class() != stun::Class::kSuccessResponse) return;
    std::optional<Model>& model = models_[client];
    if (model && model->end <= now_) model.reset();
    switch (request->method()) {
      case stun::Method::kAllocate: {
        if (const auto token = *reply->Get<turn::ReservationToken>()) token_ = *token;
        const auto relayed = (*reply->Get<turn::XorRelayedAddress>())->endpoint;
        if (model) {  // a retransmission changes nothing
          Require(model->relayed == relayed, "the same answer again");
          return;
        }
        model.emplace();
        model->relayed = relayed;
        model->handle = opened_;
        model->end = now_ + Seconds(*reply);
        return;
      }
      case stun::Method::kRefresh:
        Require(model.has_value(), "Refresh needs an allocation");
        if (Seconds(*reply) == 0s) return model.reset();
        model->end = now_ + Seconds(*reply);
        return;
      case stun::Method::kCreatePermission:
        Require(model.has_value(), "CreatePermission needs an allocation");
        for (const stun::RawAttribute& attribute : request->attributes()) {
          if (attribute.type != turn::XorPeerAddress::kType || attribute.ignored) continue;
          Permit(*model, attribute.value, request->transaction_id());
        }
        return;
      case stun::Method::kChannelBind: {
        Require(model.has_value(), "ChannelBind needs an allocation");
        const auto peer = request->Find(turn::XorPeerAddress::kType);
        Permit(*model, peer->value, request->transaction_id());
        const auto endpoint =
            turn::XorPeerAddress::Decode(peer->value, request->transaction_id())->endpoint;
        const uint16_t number = (*request->Get<turn::ChannelNumber>())->number;
        Require(number >= 0x4000 && number <= 0x4FFF, "channel numbers are in the range");
        model->channels[number] = {endpoint, now_ + 600s};
        return;
      }
      default:
        return;
    }
  }

  static net::Duration Seconds(const stun::MessageView& reply) {
    return std::chrono::seconds((*reply.Get<turn::Lifetime>())->seconds);
  }

  void Permit(Model& model, Bytes value, const stun::TransactionId& id) {
    const net::Endpoint peer = turn::XorPeerAddress::Decode(value, id)->endpoint;
    Require(peer.address.is_v4() && !peer.address.IsLoopback(), "denied peers stay denied");
    model.permissions[peer.address] = now_ + 300s;
  }

  // The model's own judgement.
  const Model* Find(size_t client) const {
    const auto& model = models_[client];
    return model && now_ < model->end ? &*model : nullptr;
  }
  bool MayReach(const Model& model, const net::Endpoint& peer) const {
    const auto permission = model.permissions.find(peer.address);
    if (permission == model.permissions.end() || permission->second <= now_) return false;
    return peer.address != Address("5.5.5.1") || live_.Contains(peer);
  }

  void CheckRoute(const RouteToPeer& route, const Model* model, const net::Endpoint& peer,
                  bool allowed) {
    Require((route.drop == Drop::kNone) == allowed, "a route exactly with a permission");
    if (!allowed) return;
    Require(route.allocation == model->handle, "the client's own allocation");
    Require(route.peer_is_own == (peer.address == Address("5.5.5.1")), "own peers are marked");
    net::Endpoint to = peer;
    if (route.peer_is_own) to.address = Address("10.0.0.5");
    Require(route.peer.endpoint == to, "to the peer that was named");
    Require(route.payload_size == 5, "the whole payload");
  }

  void SendIndication(size_t client) {
    const net::Endpoint peer = Peer();
    const Packet packet =
        clients_[client].Indication(stun::Method::kSend, [&](stun::MessageBuilder& b) {
          b.Add(turn::XorPeerAddress{peer});
          b.Add(turn::Data{AsBytes("hello")});
        });
    const Model* model = Find(client);
    CheckRoute(relay_->RouteFromClient(clients_[client].five_tuple, packet, now_), model, peer,
               model != nullptr && MayReach(*model, peer));
  }

  void SendChannelData(size_t client) {
    std::array<uint8_t, 9> packet{};
    Writer w(packet);
    const uint16_t number = std::max<uint16_t>(Channel(), 0x4000);
    turn::WriteChannelData(w, number, AsBytes("hello"), turn::Padding::kNone);
    const Model* model = Find(client);
    net::Endpoint peer;
    bool allowed = false;
    if (model != nullptr) {
      const auto bound = model->channels.find(number);
      if (bound != model->channels.end() && now_ < bound->second.end) {
        peer = bound->second.peer;
        allowed = MayReach(*model, peer);
      }
    }
    CheckRoute(relay_->RouteFromClient(clients_[client].five_tuple, packet, now_), model, peer,
               allowed);
  }

  void SendFromPeer(size_t client) {
    if (!models_[client]) return;
    const net::Endpoint peer = Peer();
    const RouteToClient route =
        relay_->RouteFromPeer(models_[client]->handle, {peer}, now_);
    const Model* model = Find(client);
    const bool allowed = model != nullptr && MayReach(*model, peer);
    Require((route.drop == Drop::kNone) == allowed, "back exactly with a permission");
    if (!allowed) return;
    Require(route.five_tuple == clients_[client].five_tuple, "to the client it belongs to");
    uint16_t channel = 0;
    for (const auto& [number, binding] : model->channels) {
      if (binding.peer == peer && now_ < binding.end) channel = number;
    }
    Require(route.channel == channel, "on the channel that is bound to the peer");
  }

  // What the relay holds outside itself fits what it holds inside.
  void CheckAccounts() {
    Require(sockets_.size() == relay_->allocation_count(), "a socket for each allocation");
    Require(live_.endpoints.size() == relay_->allocation_count(), "each allocation is live");
    Require(quota_.total() >= relay_->allocation_count(), "each allocation counts");
    for (const auto& [name, used] : quota_.used) Require(used <= quota_.per_user, "quota holds");
  }

  Reader input_;
  RelayConfig config_;
  testing::SeededRandom random_;
  testing::FakeQuota quota_;
  testing::FakeLive live_;
  std::unique_ptr<Relay> relay_;
  Actions actions_;
  net::Instant now_ = net::Instant::FromNanoseconds(1'000'000'000);
  net::UnixTime wall_{1'700'000'000};
  int sockets_fail_ = 0;
  std::map<AllocationHandle, net::Endpoint> sockets_;
  AllocationHandle opened_;
  std::array<ScriptedClient, kClients> clients_;
  std::array<std::optional<Model>, kClients> models_;
  Packet last_request_, reply_;
  int replies_ = 0;
  turn::ReservationToken token_;
};

}  // namespace
}  // namespace koeru::relay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  koeru::relay::Session({data, size}).Run();
  return 0;
}
