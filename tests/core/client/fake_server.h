#pragma once

// The other side of a TurnClient in its tests: reads what the client wants sent, and writes the
// answers a server would give.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/client/turn_client.h"
#include "core/stun/attributes.h"
#include "core/turn/attributes.h"

namespace koeru::client {

inline constexpr std::string_view kUser = "alice";
inline constexpr std::string_view kSecret = "secret";
inline constexpr std::string_view kRealm = "koeru.test";
inline constexpr std::string_view kNonce = "nonce-1";

inline constexpr net::Instant kStart = net::Instant::FromNanoseconds(1'000'000'000);

class SequentialIds : public stun::TransactionIds {
 public:
  stun::TransactionId Next() override {
    stun::TransactionId id{};
    id[11] = ++last_;
    return id;
  }

 private:
  uint8_t last_ = 0;
};

// A request as it went over the wire.
struct Sent {
  explicit Sent(Bytes message) : bytes(message.begin(), message.end()) {}

  stun::MessageView view() const { return *stun::MessageView::Parse(bytes); }
  template <typename A>
  std::optional<A> Get() const {
    return *view().Get<A>();
  }

  std::vector<uint8_t> bytes;
};

// The only action must be a datagram to the server.
inline Sent OnlySent(const Actions& actions) {
  EXPECT_EQ(actions.size(), 1u);
  const auto* send = actions.empty() ? nullptr : std::get_if<SendToServer>(&actions[0]);
  EXPECT_NE(send, nullptr);
  return Sent(send == nullptr ? Bytes() : actions.BytesOf(*send));
}

// The only action must be this event.
template <typename Event>
Event OnlyEvent(const Actions& actions) {
  EXPECT_EQ(actions.size(), 1u);
  const auto* event = actions.empty() ? nullptr : std::get_if<Event>(&actions[0]);
  EXPECT_NE(event, nullptr);
  return event == nullptr ? Event{} : *event;
}

// An answer to `request`; `fill` adds its attributes.
template <typename Fill>
std::vector<uint8_t> Answer(const Sent& request, stun::Class message_class, Fill fill) {
  std::array<uint8_t, 1024> buffer;
  stun::MessageBuilder b(buffer, {request.view().method(), message_class},
                         request.view().transaction_id());
  fill(b);
  const Bytes message = b.Finish();
  return {message.begin(), message.end()};
}

inline std::vector<uint8_t> Challenged(const Sent& request, uint16_t code,
                                       std::string_view nonce = kNonce) {
  return Answer(request, stun::Class::kErrorResponse, [&](stun::MessageBuilder& b) {
    b.Add(stun::ErrorCode::Of(code));
    b.Add(stun::Realm{kRealm});
    b.Add(stun::Nonce{nonce});
  });
}

// With the MESSAGE-INTEGRITY of who knows the password.
template <typename Fill>
std::vector<uint8_t> Signed(const Sent& request, stun::Class message_class, Fill fill) {
  return Answer(request, message_class, [&](stun::MessageBuilder& b) {
    fill(b);
    b.AddMessageIntegrity(stun::LongTermKeyMd5(kUser, kRealm, kSecret));
  });
}

inline void AddAllocation(stun::MessageBuilder& b) {
  b.Add(turn::XorRelayedAddress{{net::Address::V4(192, 0, 2, 15), 50000}});
  b.Add(stun::XorMappedAddress{{net::Address::V4(203, 0, 113, 9), 4000}});
  b.Add(turn::Lifetime{600});
}

}  // namespace koeru::client
