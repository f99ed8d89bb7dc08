#pragma once

// An IPv4 or IPv6 address and an address with a port, as plain values (no sockaddr).
//
//   Result<Address> a = Address::Parse("2001:db8::1");
//   Endpoint e{Address::V4(192, 0, 2, 1), 3478};
//   e.ToString();                       // "192.0.2.1:3478", IPv6 as "[2001:db8::1]:3478"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru::net {

enum class Family : uint8_t { kIpv4 = 4, kIpv6 = 6 };

class Address {
 public:
  // 0.0.0.0
  constexpr Address() = default;

  static constexpr Address V4(uint8_t a, uint8_t b, uint8_t c, uint8_t d) {
    Address address;
    address.bytes_[0] = a;
    address.bytes_[1] = b;
    address.bytes_[2] = c;
    address.bytes_[3] = d;
    return address;
  }
  // From 4 or 16 bytes in network order; any other size is a programming error.
  static Address FromBytes(Bytes bytes);
  static Address Any(Family family);

  // RFC 4291 section 2.2 and dotted decimal (exactly four parts, no leading zeros); no zone, no
  // brackets.
  static Result<Address> Parse(std::string_view text);

  constexpr Family family() const { return family_; }
  constexpr bool is_v4() const { return family_ == Family::kIpv4; }
  constexpr bool is_v6() const { return family_ == Family::kIpv6; }
  // 4 or 16 bytes in network order; a view into this value.
  Bytes bytes() const { return {bytes_.data(), is_v4() ? size_t{4} : size_t{16}}; }
  bool IsUnspecified() const;
  bool IsLoopback() const;  // 127.0.0.0/8, ::1

  // Dotted decimal, or RFC 5952's canonical IPv6 text.
  std::string ToString() const;

  friend constexpr bool operator==(const Address&, const Address&) = default;
  // Written out, because std::array of Emscripten 3.1.6's library has no <=>.
  friend constexpr std::strong_ordering operator<=>(const Address& a, const Address& b) {
    if (a.family_ != b.family_) return a.family_ <=> b.family_;
    for (size_t i = 0; i < a.bytes_.size(); ++i) {
      if (a.bytes_[i] != b.bytes_[i]) return a.bytes_[i] <=> b.bytes_[i];
    }
    return std::strong_ordering::equal;
  }

  template <typename H>
  friend H AbslHashValue(H h, const Address& a) {
    return H::combine(std::move(h), a.family_, a.bytes_);
  }

 private:
  Family family_ = Family::kIpv4;
  std::array<uint8_t, 16> bytes_{};  // IPv4 in the first four, the rest zero
};

struct Endpoint {
  Address address;
  uint16_t port = 0;

  // "192.0.2.1:3478" or "[2001:db8::1]:3478". The port is required.
  static Result<Endpoint> Parse(std::string_view text);
  std::string ToString() const;

  friend constexpr auto operator<=>(const Endpoint&, const Endpoint&) = default;

  template <typename H>
  friend H AbslHashValue(H h, const Endpoint& e) {
    return H::combine(std::move(h), e.address, e.port);
  }
};

}  // namespace koeru::net
