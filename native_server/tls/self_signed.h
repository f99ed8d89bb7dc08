// Makes and keeps a self-signed certificate, so that HTTPS works on the first start.
//
//   SelfSignedOptions options;
//   options.directory = "/var/lib/koeru";
//   options.addresses = {"192.168.1.20", "fd00::7"};      // of the local interfaces
//   options.now = std::time(nullptr);
//   auto certificate = EnsureSelfSigned(options);
//   if (certificate.ok()) log(certificate->report);       // what was done, and why
//
// The names in it (subjectAltName, RFC 5280 §4.2.1.6) are localhost, the host's name (and the name
// with .local, as phones find it by mDNS), 127.0.0.1, ::1 and `addresses`. It is valid for 397
// days, the most that browsers take. cert.pem and key.pem (mode 0600, in a directory of mode 0700
// if it has to be made) are used again on the next start; they are made anew when they cannot be
// read, do not belong together, are within a day of their end, or lack one of the names.
#pragma once

#include <ctime>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace koeru::server {

struct SelfSignedOptions {
  std::string directory{};
  std::string host_name{};               // empty: ask the system
  std::vector<std::string> addresses{};  // IPv4 and IPv6 in text form; others are ignored
  std::time_t now = 0;                   // seconds since 1970
};

struct SelfSignedCertificate {
  std::string certificate_file{};
  std::string key_file{};
  bool made = false;     // true: new; browsers that trusted the old one will ask again
  std::string report{};  // one sentence for the log
};

absl::StatusOr<SelfSignedCertificate> EnsureSelfSigned(const SelfSignedOptions& options);

}  // namespace koeru::server
