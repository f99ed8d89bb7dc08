#pragma once

// An HTTPS port of its own for one handler: administration, metrics over TLS.

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "native_server/door/door.h"
#include "native_server/main/certificate.h"
#include "native_server/web/web_server.h"

namespace koeru::server {

struct SecurePagesOptions {
  std::string address;
  uint16_t port = 0;
  CertificateFiles certificate;
  unsigned threads = 1;
  web::RequestHandler handler;  // called on any of the threads
};

class SecurePages {
 public:
  // Listens when it returns.
  static absl::StatusOr<std::unique_ptr<SecurePages>> Start(SecurePagesOptions options);
  ~SecurePages() { Stop(); }

  absl::Status ReloadCertificate() { return door_->ReloadCertificate(); }
  void Stop();

 private:
  std::unique_ptr<Door> door_;
  std::unique_ptr<web::WebServer> web_;
};

}  // namespace koeru::server
