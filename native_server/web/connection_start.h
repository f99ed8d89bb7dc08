// What happens on the HTTPS port before HTTP: a look at the first byte, then the TLS handshake.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "native_server/tls/tls_stream.h"
#include "native_server/web/deadline.h"
#include "native_server/web/web_core.h"

namespace koeru::server::web {

class ConnectionStart : public std::enable_shared_from_this<ConnectionStart> {
 public:
  ConnectionStart(std::shared_ptr<WebCore> core, Accepted accepted, uint16_t local_port);
  void Start();

 private:
  using error_code = boost::system::error_code;

  void OnFirstByte(error_code error);
  void StartTls();
  void OnHandshake(error_code error);

  const std::shared_ptr<WebCore> core_;
  Accepted accepted_;
  const uint16_t local_port_;
  Deadline deadline_;
  std::array<unsigned char, 1> first_byte_{};
  std::optional<SourceQuota::Lease> half_open_;
  std::shared_ptr<const TlsContext> context_;
  std::optional<TlsStream> stream_;
};

}  // namespace koeru::server::web
