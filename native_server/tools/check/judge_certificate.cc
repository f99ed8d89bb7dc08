// What browsers would say of the certificate.

#include <ctime>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/bytes/escape.h"
#include "native_server/tools/check/judge.h"

namespace koeru::tools {
namespace {

using server::CertificateProblem;
using server::PeerCertificate;

constexpr int64_t kDay = 86400;
constexpr int64_t kSoonDays = 14;

std::string DayText(std::time_t time) {
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[16];
  std::strftime(text, sizeof(text), "%Y-%m-%d", &parts);
  return text;
}

std::string NamesText(const PeerCertificate& certificate) {
  constexpr size_t kMost = 5;
  std::vector<std::string> names;
  for (const std::string& name : certificate.names) {
    if (names.size() == kMost) break;
    names.push_back(Escape(name));
  }
  if (names.empty()) return Escape(certificate.subject);
  const size_t more = certificate.names.size() - names.size();
  return absl::StrCat(absl::StrJoin(names, ", "),
                      more > 0 ? absl::StrCat(" and ", more, " more") : "");
}

Finding NotTrusted(const PeerCertificate& certificate) {
  if (certificate.is_self_signed) {
    return {Level::kFail, "certificate", "it is self-signed: browsers refuse it",
            "get one of an authority (Let's Encrypt, for instance); to test with this one, name "
            "its file with --ca-file"};
  }
  if (certificate.chain_length == 1) {
    return {Level::kFail, "certificate",
            absl::StrCat("no chain leads from its issuer (", Escape(certificate.issuer),
                         ") to a trusted authority, and the server sends no other certificate"),
            "let cert name the file with the issuers' certificates behind the server's "
            "(fullchain.pem)"};
  }
  return {Level::kFail, "certificate",
          absl::StrCat("its authority is not trusted here; issuer: ", Escape(certificate.issuer)),
          "get one of a public authority, or name your own authority with --ca-file"};
}

Finding Expired(const PeerCertificate& certificate, net::UnixTime now) {
  const int64_t days = (now.seconds - certificate.not_after) / kDay;
  if (days < 0 || certificate.not_after > now.seconds) {
    return {Level::kFail, "certificate", "a certificate of its issuers has expired",
            "replace the issuers' certificates in the file that cert names"};
  }
  return {Level::kFail, "certificate",
          absl::StrCat("it expired on ", DayText(certificate.not_after), ", ", days, " days ago"),
          "renew it; koeru-relay takes up changed files by itself"};
}

Finding FindingOf(CertificateProblem problem, const PeerCertificate& certificate,
                  const std::string& host, net::UnixTime now) {
  switch (problem) {
    case CertificateProblem::kExpired:
      return Expired(certificate, now);
    case CertificateProblem::kNotYetValid:
      return {Level::kFail, "certificate",
              absl::StrCat("it is valid from ", DayText(certificate.not_before), " on only"),
              "set the clock of this machine, or of the one that made it"};
    case CertificateProblem::kWrongName:
      return {Level::kFail, "certificate",
              absl::StrCat("it is for ", NamesText(certificate), " and not for ", Escape(host)),
              absl::StrCat("write a name of the certificate into the URI, or get a certificate "
                           "for ",
                           Escape(host))};
    case CertificateProblem::kNotTrusted:
      return NotTrusted(certificate);
    case CertificateProblem::kWeak:
      return {Level::kFail, "certificate", "its key or signature is too weak",
              "make a new key (EC P-256, or RSA with 2048 bits or more) and certificate"};
    case CertificateProblem::kWrongUse:
      return {Level::kFail, "certificate", "it was not made for servers",
              "get one with the extended key usage serverAuth"};
    case CertificateProblem::kOther:
      break;
  }
  return {Level::kFail, "certificate", "it does not pass the check",
          "look at it with: openssl s_client -showcerts -connect HOST:PORT"};
}

}  // namespace

void JudgeCertificate(const TargetFacts& facts, net::UnixTime now, Findings& findings) {
  if (!facts.reach.tls) return;
  const server::TlsFacts& tls = *facts.reach.tls;
  findings.push_back({Level::kOk, "tls",
                      absl::StrCat(tls.version, ", ", tls.cipher_suite,
                                   tls.alpn.empty() ? "" : absl::StrCat(", ALPN ", tls.alpn))});
  if (!tls.certificate) {
    findings.push_back({Level::kFail, "certificate", "the server shows none", "give it cert"});
    return;
  }
  const PeerCertificate& certificate = *tls.certificate;
  for (const CertificateProblem problem : certificate.problems) {
    findings.push_back(FindingOf(problem, certificate, facts.target.host, now));
  }
  if (!certificate.problems.empty()) return;
  const int64_t days = (certificate.not_after - now.seconds) / kDay;
  std::string text = absl::StrCat("for ", NamesText(certificate), ", trusted, until ",
                                  DayText(certificate.not_after), " (", days, " days)");
  if (days >= kSoonDays) {
    findings.push_back({Level::kOk, "certificate", std::move(text)});
  } else {
    findings.push_back({Level::kWarn, "certificate", std::move(text),
                        "renew it now; see why that does not happen by itself"});
  }
}

}  // namespace koeru::tools
