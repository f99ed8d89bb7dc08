// SourceKey: what counts as one source when limits are counted.
//
// An IPv4 address stands for itself. Of an IPv6 address only the first 64 bits count, because one
// subscriber has all the rest (RFC 6177, RFC 7721). An IPv4-mapped address is its IPv4 address.
#pragma once

#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstdint>

#include "core/net/address.h"

namespace koeru::server {

struct SourceKey {
  std::array<uint8_t, 8> prefix{};
  bool is_v6 = false;

  static SourceKey Of(const boost::asio::ip::address& address);
  static SourceKey Of(const net::Address& address);
  bool operator==(const SourceKey&) const = default;
  template <typename H>
  friend H AbslHashValue(H state, const SourceKey& key) {
    return H::combine(std::move(state), key.prefix, key.is_v6);
  }
};

}  // namespace koeru::server
