// max-bps and user-max-bps: what may pass. Datagrams beyond a limit are dropped; who sends on a
// stream is slowed down instead.

#include "native_server/worker/worker.h"

namespace koeru::server {
namespace {

relay::Bandwidth& Of(RelaySocket& socket, Direction direction) {
  return direction == Direction::kToPeer ? socket.to_peer : socket.to_client;
}

SharedBandwidth& Of(UserBandwidth& user, Direction direction) {
  return direction == Direction::kToPeer ? user.to_peer : user.to_client;
}

}  // namespace

size_t Worker::Admit(RelaySocket& socket, Direction direction, size_t size, size_t count) {
  size_t passing = count;
  if (limits_.of_allocation != 0) {
    passing = Of(socket, direction).Admit(limits_.of_allocation, size, passing, now_);
  }
  if (limits_.of_user != 0 && socket.user != nullptr && passing > 0) {
    passing = Of(*socket.user, direction).Admit(limits_.of_user, size, passing, now_);
  }
  if (passing < count) counters_.Drop(relay::Drop::kOverBandwidth, count - passing);
  return passing;
}

net::Instant Worker::Charge(RelaySocket& socket, Direction direction, size_t size) {
  net::Instant room_at;
  if (limits_.of_allocation != 0) {
    relay::Bandwidth& allocation = Of(socket, direction);
    allocation.Charge(limits_.of_allocation, size, now_);
    room_at = allocation.RoomAt();
  }
  if (limits_.of_user != 0 && socket.user != nullptr) {
    SharedBandwidth& user = Of(*socket.user, direction);
    user.Charge(limits_.of_user, size, now_);
    room_at = std::max(room_at, user.RoomAt());
  }
  return room_at;
}

}  // namespace koeru::server
