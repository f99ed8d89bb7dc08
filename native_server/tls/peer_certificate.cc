#include "native_server/tls/peer_certificate.h"

#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

#include "native_server/tls/subject_names.h"
#include "native_server/tls/tls_context_native.h"

namespace koeru::server {
namespace {

std::string NameText(const mbedtls_x509_name& name) {
  std::array<char, 512> text{};
  const int length = mbedtls_x509_dn_gets(text.data(), text.size(), &name);
  return length > 0 ? std::string(text.data(), static_cast<size_t>(length)) : std::string();
}

std::vector<CertificateProblem> ProblemsOf(uint32_t flags) {
  using enum CertificateProblem;
  constexpr std::pair<uint32_t, CertificateProblem> kProblems[] = {
      {MBEDTLS_X509_BADCERT_EXPIRED, kExpired},
      {MBEDTLS_X509_BADCERT_FUTURE, kNotYetValid},
      {MBEDTLS_X509_BADCERT_CN_MISMATCH, kWrongName},
      {MBEDTLS_X509_BADCERT_NOT_TRUSTED, kNotTrusted},
      {MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK | MBEDTLS_X509_BADCERT_BAD_KEY,
       kWeak},
      {MBEDTLS_X509_BADCERT_KEY_USAGE | MBEDTLS_X509_BADCERT_EXT_KEY_USAGE |
           MBEDTLS_X509_BADCERT_NS_CERT_TYPE,
       kWrongUse},
  };
  std::vector<CertificateProblem> problems;
  for (const auto& [mask, problem] : kProblems) {
    if ((flags & mask) != 0) problems.push_back(problem);
    flags &= ~mask;
  }
  if (flags != 0) problems.push_back(kOther);
  return problems;
}

}  // namespace

std::optional<PeerCertificate> PeerCertificateOf(const mbedtls_ssl_context& ssl) {
  const mbedtls_x509_crt* certificate = mbedtls_ssl_get_peer_cert(&ssl);
  if (certificate == nullptr) return std::nullopt;
  PeerCertificate peer;
  peer.subject = NameText(certificate->subject);
  peer.issuer = NameText(certificate->issuer);
  for (const SubjectName& name : NamesOfCertificate(*certificate)) {
    peer.names.push_back(ToString(name));
  }
  peer.not_before = ToTime(certificate->valid_from);
  peer.not_after = ToTime(certificate->valid_to);
  for (const auto* one = certificate; one != nullptr; one = one->next) ++peer.chain_length;
  peer.is_self_signed = IsSelfSigned(*certificate);
  peer.problems = ProblemsOf(mbedtls_ssl_get_verify_result(&ssl));
  return peer;
}

std::string SystemTrustFile() {
  // Debian, Fedora, openSUSE, Alpine.
  for (const char* path : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                           "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
    if (::access(path, R_OK) == 0) return path;
  }
  return {};
}

}  // namespace koeru::server
