// max-bps and user-max-bps: what may pass. Datagrams beyond a limit are dropped; who sends on a
// stream is slowed down instead.

#include <algorithm>

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

uint64_t Worker::LimitOf(const RelaySocket& socket) const {
  const uint64_t allocation = socket.max_bytes_per_second;
  const uint64_t user = socket.user != nullptr ? user_bytes_per_second_ : 0;
  const auto or_most = [](uint64_t limit) { return limit == 0 ? UINT64_MAX : limit; };
  return std::min(or_most(allocation), or_most(user));
}

size_t Worker::Admit(RelaySocket& socket, Direction direction, size_t size, size_t count) {
  size_t passing = count;
  if (socket.max_bytes_per_second != 0) {
    passing = Of(socket, direction).Admit(socket.max_bytes_per_second, size, passing, now_);
  }
  if (user_bytes_per_second_ != 0 && socket.user != nullptr && passing > 0) {
    passing = Of(*socket.user, direction).Admit(user_bytes_per_second_, size, passing, now_);
  }
  if (passing < count) counters_.Drop(relay::Drop::kOverBandwidth, count - passing);
  return passing;
}

net::Instant Worker::Charge(RelaySocket& socket, Direction direction, size_t size) {
  net::Instant room_at;
  if (socket.max_bytes_per_second != 0) {
    relay::Bandwidth& allocation = Of(socket, direction);
    allocation.Charge(socket.max_bytes_per_second, size, now_);
    room_at = allocation.RoomAt();
  }
  if (user_bytes_per_second_ != 0 && socket.user != nullptr) {
    SharedBandwidth& user = Of(*socket.user, direction);
    user.Charge(user_bytes_per_second_, size, now_);
    room_at = std::max(room_at, user.RoomAt());
  }
  return room_at;
}

}  // namespace koeru::server
