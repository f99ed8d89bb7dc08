#pragma once

// The first two bytes of a STUN message: RFC 8489 section 5.
//
//    0                 1
//    2  3  4 5 6 7 8 9 0 1 2 3 4 5
//   +--+--+-+-+-+-+-+-+-+-+-+-+-+-+
//   |M |M |M|M|M|C|M|M|M|C|M|M|M|M|
//   |11|10|9|8|7|1|6|5|4|0|3|2|1|0|
//   +--+--+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The class sits in bits C1 C0, between the bits of the method.

#include <compare>
#include <cstdint>

namespace koeru::stun {

enum class Class : uint8_t {
  kRequest = 0b00,
  kIndication = 0b01,
  kSuccessResponse = 0b10,
  kErrorResponse = 0b11,
};

// IANA's "STUN Methods" registry. Any other 12-bit value is a legal Method, too.
enum class Method : uint16_t {
  kBinding = 0x001,       // RFC 8489
  kSharedSecret = 0x002,  // RFC 3489, reserved
  kAllocate = 0x003,      // RFC 8656, and the next five
  kRefresh = 0x004,
  kSend = 0x006,
  kData = 0x007,
  kCreatePermission = 0x008,
  kChannelBind = 0x009,
  kConnect = 0x00A,  // RFC 6062, and the next two
  kConnectionBind = 0x00B,
  kConnectionAttempt = 0x00C,
  kGoogPing = 0x080,
};

struct MessageType {
  Method method = Method::kBinding;
  Class message_class = Class::kRequest;

  static constexpr MessageType FromWire(uint16_t v) {
    const uint16_t method =
        static_cast<uint16_t>((v & 0x000F) | ((v & 0x00E0) >> 1) | ((v & 0x3E00) >> 2));
    const uint8_t message_class = static_cast<uint8_t>(((v & 0x0010) >> 4) | ((v & 0x0100) >> 7));
    return {static_cast<Method>(method), static_cast<Class>(message_class)};
  }
  constexpr uint16_t ToWire() const {
    const auto m = static_cast<uint16_t>(method);
    const auto c = static_cast<uint16_t>(message_class);
    return static_cast<uint16_t>((m & 0x000F) | ((m & 0x0070) << 1) | ((m & 0x0F80) << 2) |
                                 ((c & 1) << 4) | ((c & 2) << 7));
  }

  friend constexpr auto operator<=>(const MessageType&, const MessageType&) = default;
};

}  // namespace koeru::stun
