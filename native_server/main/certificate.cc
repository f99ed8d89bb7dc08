#include "native_server/main/certificate.h"

#include "absl/log/log.h"
#include "native_server/io/clock.h"
#include "native_server/tls/self_signed.h"

namespace koeru::server {

absl::StatusOr<CertificateFiles> ChooseCertificate(const ServerOptions& options,
                                                   const Machine& machine) {
  if (options.TurnTlsPort() == 0 && options.TurnDtlsPort() == 0 && options.WebHttpsPort() == 0 &&
      !options.web_admin && !options.prometheus_tls) {
    return CertificateFiles{};
  }
  if (!options.cert.empty()) {
    return CertificateFiles{options.cert, options.pkey, options.pkey_password, options.ca_file,
                            options.no_tls12};
  }
  // Metrics may have a certificate of their own.
  if (!options.demo) return CertificateFiles{};
  SelfSignedOptions self_signed;
  self_signed.directory = options.state_dir;
  self_signed.now = static_cast<std::time_t>(WallNow().seconds);
  for (const net::Address& address : machine.addresses) {
    self_signed.addresses.push_back(address.ToString());
  }
  const auto made = EnsureSelfSigned(self_signed);
  if (!made.ok()) return made.status();
  LOG(INFO) << made->report;
  return CertificateFiles{made->certificate_file, made->key_file, "", options.ca_file,
                          options.no_tls12};
}

}  // namespace koeru::server
