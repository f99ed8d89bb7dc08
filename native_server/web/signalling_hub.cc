#include "native_server/web/signalling_hub.h"

#include <array>
#include <chrono>
#include <utility>

#include "absl/strings/escaping.h"
#include "native_server/tls/crypto_init.h"

namespace koeru::server::web {
namespace {

// How exactly the deadlines of the rooms (half a minute and more) are kept.
constexpr std::chrono::seconds kTick{1};

TimePoint Now() { return std::chrono::steady_clock::now(); }

// 128 random bits as 22 characters of base64url: nobody guesses the id of a member.
std::string MakeRandomId() {
  std::array<uint8_t, 16> bytes{};
  FillRandom(bytes);
  std::string id;
  absl::WebSafeBase64Escape({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, &id);
  return id;
}

}  // namespace

SignallingHub::SignallingHub(RoomLimits limits, TellPeer tell_peer,
                             boost::asio::any_io_executor executor)
    : rooms_(limits, MakeRandomId), tell_peer_(std::move(tell_peer)), timer_(std::move(executor)) {}

ConnectionId SignallingHub::Connect(std::weak_ptr<SignallingPeer> peer, const SourceKey& source) {
  std::lock_guard lock(mutex_);
  const ConnectionId id{++last_id_};
  peers_.emplace(id, std::move(peer));
  rooms_.OnConnect(id, source, Now());
  return id;
}

void SignallingHub::OnText(ConnectionId id, std::string_view text) {
  std::lock_guard lock(mutex_);
  RoomActions actions;
  rooms_.OnText(id, text, Now(), actions);
  Carry(actions);
}

void SignallingHub::OnTooLarge(ConnectionId id) {
  std::lock_guard lock(mutex_);
  RoomActions actions;
  rooms_.OnTooLarge(id, Now(), actions);
  Carry(actions);
}

void SignallingHub::Disconnect(ConnectionId id) {
  std::lock_guard lock(mutex_);
  RoomActions actions;
  rooms_.OnDisconnect(id, Now(), actions);
  peers_.erase(id);
  Carry(actions);
}

void SignallingHub::Lose(ConnectionId id) {
  std::lock_guard lock(mutex_);
  RoomActions actions;
  rooms_.OnLost(id, Now(), actions);
  peers_.erase(id);
  Carry(actions);
}

void SignallingHub::SignalFromPeer(const std::string& page, std::string_view data) {
  std::lock_guard lock(mutex_);
  RoomActions actions;
  rooms_.OnPeerSignal(page, data, actions);
  Carry(actions);
}

void SignallingHub::CloseAll() {
  std::lock_guard lock(mutex_);
  for (const auto& [id, peer] : peers_) {
    if (const auto alive = peer.lock()) alive->Deliver(nullptr, CloseCode::kGoingAway);
  }
}

void SignallingHub::ForgetPeers() {
  std::lock_guard lock(mutex_);
  peers_.clear();
}

size_t SignallingHub::room_count() const {
  std::lock_guard lock(mutex_);
  return rooms_.room_count();
}

size_t SignallingHub::connection_count() const {
  std::lock_guard lock(mutex_);
  return rooms_.connection_count();
}

void SignallingHub::Start() { WaitForDeadline(); }

void SignallingHub::WaitForDeadline() {
  timer_.expires_after(kTick);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    {
      std::lock_guard lock(mutex_);
      RoomActions actions;
      rooms_.OnTimeout(Now(), actions);
      Carry(actions);
    }
    WaitForDeadline();
  });
}

void SignallingHub::Carry(const RoomActions& actions) {
  for (const RoomAction& action : actions) {
    if (action.peer) {
      if (tell_peer_) tell_peer_(*action.peer);
      continue;
    }
    const auto entry = peers_.find(action.to);
    if (entry == peers_.end()) continue;
    if (const auto peer = entry->second.lock()) peer->Deliver(action.text, action.close);
  }
}

}  // namespace koeru::server::web
