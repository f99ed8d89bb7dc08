#pragma once

// What a media peer wants sent, in order: decrypted packets, which the edge protects (RFC 3711).
//
//   for (const Action& action : actions) {
//     if (const auto* rtp = std::get_if<SendRtp>(&action)) Protect(actions.BytesOf(*rtp)) ...
//   }

#include <variant>

#include "core/bytes/action_list.h"

namespace koeru::media {

struct SendRtp {
  size_t offset = 0;
  size_t size = 0;
};

// A compound packet.
struct SendRtcp {
  size_t offset = 0;
  size_t size = 0;
};

using Action = std::variant<SendRtp, SendRtcp>;

class Actions : public ActionList<Action> {
 public:
  Bytes BytesOf(const SendRtp& send) const { return View(send.offset, send.size); }
  Bytes BytesOf(const SendRtcp& send) const { return View(send.offset, send.size); }

  // For the media peer.
  void AddRtp(Bytes packet) { Push(SendRtp{Store(packet), packet.size()}); }
  void AddRtcp(Bytes compound) { Push(SendRtcp{Store(compound), compound.size()}); }
};

}  // namespace koeru::media
