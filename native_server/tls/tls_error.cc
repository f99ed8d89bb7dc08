#include "native_server/tls/tls_error.h"

#include <mbedtls/error.h>
#include <mbedtls/ssl.h>

#include <array>
#include <boost/asio/error.hpp>
#include <string>

namespace koeru::server {
namespace {

class TlsErrors final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "tls"; }
  std::string message(int value) const override {
    switch (static_cast<TlsError>(value)) {
      case TlsError::kTruncated:
        return "the connection ended without a TLS close_notify";
      case TlsError::kHandshakeTimedOut:
        return "the TLS handshake took too long";
      case TlsError::kUnexpectedRead:
        return "TLS wanted to read in the middle of a write";
    }
    return "unknown TLS error";
  }
};

class MbedTlsErrors final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "mbedtls"; }
  std::string message(int value) const override {
    std::array<char, 160> text{};
    mbedtls_strerror(value, text.data(), text.size());
    return text.data();
  }
};

}  // namespace

const boost::system::error_category& TlsCategory() {
  static const TlsErrors category;
  return category;
}

const boost::system::error_category& MbedTlsCategory() {
  static const MbedTlsErrors category;
  return category;
}

boost::system::error_code make_error_code(TlsError error) {
  return {static_cast<int>(error), TlsCategory()};
}

boost::system::error_code FromMbedTls(int code) {
  // RFC 8446 §6.1: close_notify is the orderly end of what the peer sends.
  if (code == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) return boost::asio::error::eof;
  if (code == MBEDTLS_ERR_SSL_CONN_EOF) return TlsError::kTruncated;
  return {code, MbedTlsCategory()};
}

}  // namespace koeru::server
