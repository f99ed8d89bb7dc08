// SignallingHub: the Rooms machine with its clock, its random ids and its connections.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "native_server/tls/source_key.h"
#include "native_server/web/rooms.h"

namespace koeru::server::web {

// What the hub needs of a WebSocket. Called with the hub's lock held, so it must only hand the
// work over to the connection's own executor, in order, and return.
class SignallingPeer {
 public:
  virtual ~SignallingPeer() = default;
  // `text` may be null. With `close` the connection ends after everything that was delivered.
  virtual void Deliver(std::shared_ptr<const std::string> text, std::optional<CloseCode> close) = 0;
};

// May be used from any thread. Deliveries are handed over under the lock, so that every peer sees
// the changes of its room in the order in which they happened.
class SignallingHub {
 public:
  // `tell_peer` is what the server's own media peer hears, with the lock held; empty without one.
  using TellPeer = std::function<void(PeerLetter)>;

  SignallingHub(RoomLimits limits, TellPeer tell_peer, boost::asio::any_io_executor executor);

  ConnectionId Connect(std::weak_ptr<SignallingPeer> peer, const SourceKey& source);
  void OnText(ConnectionId id, std::string_view text);
  void OnTooLarge(ConnectionId id);
  void Disconnect(ConnectionId id);
  // The connection broke: its member may come back.
  void Lose(ConnectionId id);
  // The media peer says something to the page that has it.
  void SignalFromPeer(const std::string& page, std::string_view data);

  // The server stops: tells every peer to go away.
  void CloseAll();
  // Nothing is delivered any more.
  void ForgetPeers();

  size_t room_count() const;
  size_t connection_count() const;

  // Starts the timer of the rooms; the io_context must outlive the hub's use.
  void Start();

 private:
  void Carry(const RoomActions& actions);  // with the lock held
  void WaitForDeadline();

  mutable std::mutex mutex_;
  Rooms rooms_;
  uint64_t last_id_ = 0;
  absl::flat_hash_map<ConnectionId, std::weak_ptr<SignallingPeer>> peers_;
  const TellPeer tell_peer_;
  boost::asio::steady_timer timer_;
};

}  // namespace koeru::server::web
