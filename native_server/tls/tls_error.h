// Errors of mbedTLS as boost::system::error_code, so that they travel through Asio and Beast.
//
// An orderly end (the peer's close_notify) is boost::asio::error::eof. An end without it is
// TlsError::kTruncated: whatever was read may be cut short (RFC 8446 §6.1).
#pragma once

#include <boost/system/error_code.hpp>

namespace koeru::server {

enum class TlsError {
  kTruncated = 1,      // the connection ended without close_notify
  kHandshakeTimedOut,  // the peer did not finish its handshake in time
  kUnexpectedRead,     // a write would have to wait for a read: not with renegotiation off
};

const boost::system::error_category& TlsCategory();      // values of TlsError
const boost::system::error_category& MbedTlsCategory();  // mbedTLS's own codes, below zero

boost::system::error_code make_error_code(TlsError error);
boost::system::error_code FromMbedTls(int code);

}  // namespace koeru::server

template <>
struct boost::system::is_error_code_enum<koeru::server::TlsError> : std::true_type {};
