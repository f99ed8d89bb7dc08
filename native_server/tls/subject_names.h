// The names that a certificate is valid for, as a set that can be compared.
#pragma once

#include <set>
#include <string>
#include <vector>

struct mbedtls_x509_crt;

namespace koeru::server {

struct SubjectName {
  bool is_address = false;
  std::string value;  // a DNS name in lower case, or the 4 or 16 bytes of an address
  auto operator<=>(const SubjectName&) const = default;
};
using SubjectNames = std::set<SubjectName>;

// Names a self-signed certificate of this host needs. Addresses that are not addresses, and
// link-local ones (their zone cannot stand in a certificate), are left out; at most 64 are taken.
SubjectNames NamesOfThisHost(const std::string& host_name,
                             const std::vector<std::string>& addresses);

// RFC 5280 §4.2.1.6: the dNSName and iPAddress entries of a certificate.
SubjectNames NamesOfCertificate(const mbedtls_x509_crt& certificate);

// What people read: "localhost, 127.0.0.1".
std::string ToString(const SubjectName& name);

}  // namespace koeru::server
