#pragma once

// RFC 8489 section 5: a 96-bit transaction ID, chosen at random for each request; it also masks
// the IPv6 addresses of XOR-MAPPED-ADDRESS and its kin.

#include <array>
#include <cstdint>

namespace koeru::stun {

inline constexpr uint32_t kMagicCookie = 0x2112A442;

using TransactionId = std::array<uint8_t, 12>;

}  // namespace koeru::stun
