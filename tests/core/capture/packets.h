#pragma once

// Packets made by hand, for the tests of `koeru decode`.

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/bytes/hex.h"
#include "core/bytes/writer.h"
#include "core/net/address.h"
#include "core/stun/message_builder.h"

namespace koeru::capture {

using Octets = std::vector<uint8_t>;

inline Octets operator+(Octets a, const Octets& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

inline Octets Hex(std::string_view hex) { return *FromHex(hex); }
inline Octets Text(std::string_view text) { return Octets(text.begin(), text.end()); }

inline Octets U16(size_t value) {
  return {static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)};
}
inline Octets U32(uint32_t value) { return U16(value >> 16) + U16(value & 0xFFFF); }

inline Octets Udp(uint16_t from, uint16_t to, const Octets& payload) {
  return U16(from) + U16(to) + U16(8 + payload.size()) + U16(0) + payload;
}

enum TcpFlag : uint8_t { kFin = 1, kSyn = 2, kAck = 16 };

inline Octets Tcp(uint16_t from, uint16_t to, uint32_t sequence, uint8_t flags,
                  const Octets& payload) {
  return U16(from) + U16(to) + U32(sequence) + U32(0) + Octets{0x50, flags} + U16(65535) + U16(0) +
         U16(0) + payload;
}

inline Octets Of(const net::Address& address) {
  return Octets(address.bytes().begin(), address.bytes().end());
}

// `flags_and_offset`: the fragmentation field.
inline Octets Ipv4(uint8_t protocol, const net::Address& from, const net::Address& to,
                   const Octets& payload, uint16_t flags_and_offset = 0) {
  return Octets{0x45, 0} + U16(20 + payload.size()) + U16(1) + U16(flags_and_offset) +
         Octets{64, protocol} + U16(0) + Of(from) + Of(to) + payload;
}

inline Octets Ipv6(uint8_t next_header, const net::Address& from, const net::Address& to,
                   const Octets& payload) {
  return Hex("60000000") + U16(payload.size()) + Octets{next_header, 64} + Of(from) + Of(to) +
         payload;
}

// A STUN message without attributes, or with those that `add(builder)` adds.
template <typename Add>
Octets Stun(stun::Method method, stun::Class message_class, uint8_t id, Add add) {
  Octets buffer(1024);
  stun::TransactionId transaction_id{};
  transaction_id.back() = id;
  stun::MessageBuilder builder(buffer, {method, message_class}, transaction_id);
  add(builder);
  const Bytes message = builder.Finish();
  return Octets(message.begin(), message.end());
}
inline Octets Stun(stun::Method method, stun::Class message_class, uint8_t id) {
  return Stun(method, message_class, id, [](stun::MessageBuilder&) {});
}

}  // namespace koeru::capture
