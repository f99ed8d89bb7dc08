#include "core/relay/special_ranges.h"

#include <array>

namespace koeru::relay {
namespace {

using net::Address;
using net::Prefix;

constexpr Prefix V4(uint8_t a, uint8_t b, uint8_t c, uint8_t d, uint8_t length) {
  return {Address::V4(a, b, c, d), length};
}

// Eight groups of 16 bits; those not given are zero.
Prefix V6(std::array<uint16_t, 8> groups, uint8_t length) {
  std::array<uint8_t, 16> bytes;
  for (size_t i = 0; i < groups.size(); ++i) {
    bytes[2 * i] = static_cast<uint8_t>(groups[i] >> 8);
    bytes[2 * i + 1] = static_cast<uint8_t>(groups[i]);
  }
  return {Address::FromBytes(bytes), length};
}

const std::array kRanges = {
    SpecialRange{V4(0, 0, 0, 0, 8), "this network (RFC 791)", OpenedBy::kNothing},
    SpecialRange{V4(10, 0, 0, 0, 8), "private network (RFC 1918)", OpenedBy::kAllowPrivate},
    SpecialRange{V4(100, 64, 0, 0, 10), "shared address space (RFC 6598)",
                 OpenedBy::kAllowPrivate},
    SpecialRange{V4(127, 0, 0, 0, 8), "loopback (RFC 1122)", OpenedBy::kAllowLoopback},
    // Cloud metadata services answer here: not even a demo opens it.
    SpecialRange{V4(169, 254, 0, 0, 16), "link local (RFC 3927)", OpenedBy::kNothing},
    SpecialRange{V4(172, 16, 0, 0, 12), "private network (RFC 1918)", OpenedBy::kAllowPrivate},
    SpecialRange{V4(192, 0, 0, 0, 24), "IETF protocol assignments (RFC 6890)",
                 OpenedBy::kNothing},
    SpecialRange{V4(192, 0, 2, 0, 24), "documentation (RFC 5737)", OpenedBy::kAllowPrivate},
    SpecialRange{V4(192, 31, 196, 0, 24), "AS112 (RFC 7535)", OpenedBy::kNothing},
    SpecialRange{V4(192, 52, 193, 0, 24), "AMT (RFC 7450)", OpenedBy::kNothing},
    SpecialRange{V4(192, 88, 99, 0, 24), "6to4 relay anycast (RFC 7526)", OpenedBy::kNothing},
    SpecialRange{V4(192, 168, 0, 0, 16), "private network (RFC 1918)", OpenedBy::kAllowPrivate},
    SpecialRange{V4(192, 175, 48, 0, 24), "AS112 direct delegation (RFC 7534)",
                 OpenedBy::kNothing},
    SpecialRange{V4(198, 18, 0, 0, 15), "benchmarking (RFC 2544)", OpenedBy::kAllowPrivate},
    SpecialRange{V4(198, 51, 100, 0, 24), "documentation (RFC 5737)", OpenedBy::kAllowPrivate},
    SpecialRange{V4(203, 0, 113, 0, 24), "documentation (RFC 5737)", OpenedBy::kAllowPrivate},
    SpecialRange{V4(224, 0, 0, 0, 4), "multicast (RFC 5771)", OpenedBy::kNothing},
    SpecialRange{V4(240, 0, 0, 0, 4), "reserved (RFC 1112)", OpenedBy::kNothing},
    SpecialRange{V4(255, 255, 255, 255, 32), "limited broadcast (RFC 919)", OpenedBy::kNothing},

    SpecialRange{V6({}, 128), "unspecified (RFC 4291)", OpenedBy::kNothing},
    SpecialRange{V6({0, 0, 0, 0, 0, 0, 0, 1}, 128), "loopback (RFC 4291)",
                 OpenedBy::kAllowLoopback},
    SpecialRange{V6({0, 0, 0, 0, 0, 0xFFFF}, 96), "IPv4-mapped (RFC 4291)", OpenedBy::kNothing},
    SpecialRange{V6({0x64, 0xFF9B}, 96), "NAT64 (RFC 6052)", OpenedBy::kNothing},
    SpecialRange{V6({0x64, 0xFF9B, 1}, 48), "local-use NAT64 (RFC 8215)", OpenedBy::kNothing},
    SpecialRange{V6({0x100}, 64), "discard only (RFC 6666)", OpenedBy::kNothing},
    SpecialRange{V6({0x2001}, 32), "Teredo (RFC 4380)", OpenedBy::kNothing},
    SpecialRange{V6({0x2001}, 23), "IETF protocol assignments (RFC 2928)", OpenedBy::kNothing},
    SpecialRange{V6({0x2001, 0xDB8}, 32), "documentation (RFC 3849)", OpenedBy::kAllowPrivate},
    SpecialRange{V6({0x2002}, 16), "6to4 (RFC 3056)", OpenedBy::kNothing},
    SpecialRange{V6({0x2620, 0x4F, 0x8000}, 48), "AS112 direct delegation (RFC 7534)",
                 OpenedBy::kNothing},
    SpecialRange{V6({0x3FFF}, 20), "documentation (RFC 9637)", OpenedBy::kAllowPrivate},
    SpecialRange{V6({0x5F00}, 16), "segment routing SIDs (RFC 9602)", OpenedBy::kNothing},
    SpecialRange{V6({0xFC00}, 7), "unique local (RFC 4193)", OpenedBy::kAllowPrivate},
    SpecialRange{V6({0xFE80}, 10), "link local (RFC 4291)", OpenedBy::kNothing},
    SpecialRange{V6({0xFF00}, 8), "multicast (RFC 4291)", OpenedBy::kNothing},
    // ::a.b.c.d, deprecated; some stacks still take it for the IPv4 address.
    SpecialRange{V6({}, 96), "IPv4-compatible (RFC 4291)", OpenedBy::kNothing},
    // fec0::, deprecated, and private where it is still in use.
    SpecialRange{V6({0xFEC0}, 10), "site local (RFC 3879)", OpenedBy::kNothing},
};

}  // namespace

std::span<const SpecialRange> SpecialRanges() { return kRanges; }

const SpecialRange* FindSpecialRange(const net::Address& address) {
  const SpecialRange* found = nullptr;
  for (const SpecialRange& range : kRanges) {
    if (!range.prefix.Contains(address)) continue;
    if (found == nullptr || range.prefix.length > found->prefix.length) found = &range;
  }
  return found;
}

}  // namespace koeru::relay
