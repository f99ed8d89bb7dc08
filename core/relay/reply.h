#pragma once

// Replies. Private to core/relay.
//
//   Reply reply(state, ReplyTo::Of(request), stun::Class::kSuccessResponse);
//   reply.Add(turn::Lifetime{600});
//   reply.Send(request.now, request.actions);
//
// Send() adds SOFTWARE, the integrity attribute that the request had, and FINGERPRINT when the
// request had one, and asks the amplification limiter. Attribute padding is zero, and nothing but
// what was written leaves the buffer (CVE-2020-4067).

#include <array>
#include <vector>

#include "core/relay/reply_to.h"
#include "core/relay/request.h"
#include "core/stun/message_builder.h"

namespace koeru::relay {

class Reply {
 public:
  // `more`: room that it needs beyond kMaxSize.
  Reply(RelayState& state, const ReplyTo& to, stun::Class message_class, size_t more = 0);

  template <typename A>
  void Add(const A& attribute) {
    builder_.Add(attribute);
  }
  // An attribute whose content does not matter.
  void AddZeros(uint16_t type, size_t size);
  void Send(net::Instant now, Actions& actions);

 private:
  // The largest reply is a 401: header 20, ERROR-CODE with its reason 40, REALM and SOFTWARE up to
  // 4 + 512 each, NONCE 44, PASSWORD-ALGORITHMS 12, THIRD-PARTY-AUTHORIZATION up to 4 + 256,
  // FINGERPRINT 8; or a 420 with UNKNOWN-ATTRIBUTES 4 + 64 and MESSAGE-INTEGRITY-SHA256 36.
  static constexpr size_t kMaxSize = 1536;

  RelayState& state_;
  const ReplyTo to_;
  std::array<uint8_t, kMaxSize> usual_buffer_;
  std::vector<uint8_t> large_buffer_;
  MutableBytes buffer_;  // one of them
  stun::MessageBuilder builder_;
};

// An error response, told to counters and events.
void Refuse(RelayState& state, const Request& request, const RefusalReason& reason);
void Refuse(RelayState& state, const ReplyTo& to, std::string_view username,
            const RefusalReason& reason, net::Instant now, Actions& actions);

// For counters and events alone: when the error response is written elsewhere.
void CountRefusal(RelayState& state, const ReplyTo& to, std::string_view username,
                  const RefusalReason& reason);

}  // namespace koeru::relay
