#include "native_server/tls/source_key.h"

#include <algorithm>

namespace koeru::server {

SourceKey SourceKey::Of(const boost::asio::ip::address& address) {
  SourceKey key;
  // RFC 4291 §2.5.5.2: a dual-stack socket shows IPv4 clients as ::ffff:a.b.c.d.
  if (address.is_v6() && !address.to_v6().is_v4_mapped()) {
    const auto bytes = address.to_v6().to_bytes();
    std::copy_n(bytes.begin(), key.prefix.size(), key.prefix.begin());
    key.is_v6 = true;
    return key;
  }
  const auto v4 = address.is_v4() ? address.to_v4()
                                  : boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped,
                                                                     address.to_v6());
  const auto bytes = v4.to_bytes();
  std::copy(bytes.begin(), bytes.end(), key.prefix.begin());
  return key;
}

SourceKey SourceKey::Of(const net::Address& address) {
  if (address.is_v4()) {
    boost::asio::ip::address_v4::bytes_type bytes{};
    std::copy_n(address.bytes().begin(), bytes.size(), bytes.begin());
    return Of(boost::asio::ip::address_v4(bytes));
  }
  boost::asio::ip::address_v6::bytes_type bytes{};
  std::copy_n(address.bytes().begin(), bytes.size(), bytes.begin());
  return Of(boost::asio::ip::address_v6(bytes));
}

}  // namespace koeru::server
