#pragma once

// The administration: its API on a Unix socket (admin-socket) and, with its page, over HTTPS
// (web-admin), on a port and threads of its own.

#include <atomic>
#include <memory>

#include "absl/status/statusor.h"
#include "native_server/admin/admin_api.h"
#include "native_server/http/small_server.h"
#include "native_server/io/random.h"
#include "native_server/main/certificate.h"
#include "native_server/main/reload_desk.h"
#include "native_server/main/secure_pages.h"
#include "native_server/main/settings.h"
#include "native_server/worker/relay_server.h"

namespace koeru::server {

class AdminSide {
 public:
  // Everything passed in outlives it. Does nothing when neither option is given.
  static absl::StatusOr<std::unique_ptr<AdminSide>> Start(const CurrentSettings& settings,
                                                          const CertificateFiles& certificate,
                                                          RelayServer& relay, ReloadDesk& reloads,
                                                          const std::atomic<bool>& ready);
  ~AdminSide() { Stop(); }

  absl::Status ReloadCertificate();
  void Stop();

 private:
  absl::Status ListenLocally(const ServerOptions& options);
  absl::Status ListenForPages(const ServerOptions& options, const CertificateFiles& certificate);

  SystemRandom random_;
  std::unique_ptr<AdminApi> api_;
  std::unique_ptr<SmallServer> local_;
  std::unique_ptr<SecurePages> pages_;
};

}  // namespace koeru::server
