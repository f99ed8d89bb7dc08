#include "core/relay/unwrap.h"

#include <algorithm>
#include <initializer_list>

namespace koeru::relay {
namespace {

bool StartsWith(Bytes bytes, std::initializer_list<uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool AllZero(Bytes bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](uint8_t b) { return b == 0; });
}

}  // namespace

EmbeddedAddresses FindEmbedded(const net::Address& address) {
  EmbeddedAddresses found;
  if (address.is_v4()) return found;
  const Bytes bytes = address.bytes();
  const auto add = [&found](Bytes v4) {
    found.addresses[found.count++] = net::Address::FromBytes(v4);
  };

  if (AllZero(bytes.first(10)) && bytes[10] == 0xFF && bytes[11] == 0xFF) {
    add(bytes.subspan(12));  // ::ffff:a.b.c.d
  } else if (address.IsUnspecified() || address.IsLoopback()) {
    // :: and ::1 are no IPv4-compatible addresses.
  } else if (AllZero(bytes.first(12))) {
    add(bytes.subspan(12));  // ::a.b.c.d
  } else if (StartsWith(bytes, {0x00, 0x64, 0xFF, 0x9B}) && AllZero(bytes.subspan(4, 8))) {
    add(bytes.subspan(12));  // 64:ff9b::a.b.c.d
  } else if (StartsWith(bytes, {0x20, 0x02})) {
    add(bytes.subspan(2, 4));  // 2002:aabb:ccdd::
  } else if (StartsWith(bytes, {0x20, 0x01, 0x00, 0x00})) {
    add(bytes.subspan(4, 4));  // 2001:0:server:flags:port:client, the client's bits inverted
    std::array<uint8_t, 4> client;
    std::transform(bytes.begin() + 12, bytes.end(), client.begin(),
                   [](uint8_t b) { return static_cast<uint8_t>(~b); });
    add(client);
  } else if ((bytes[8] & 0xFC) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE) {
    add(bytes.subspan(12));  // prefix:0[2]00:5efe:a.b.c.d
  }
  return found;
}

}  // namespace koeru::relay
