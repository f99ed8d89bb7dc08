#include "native_server/tls/subject_names.h"

#include <mbedtls/x509_crt.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cctype>

namespace koeru::server {
namespace {

using boost::asio::ip::address;

constexpr size_t kMostAddresses = 64;
constexpr size_t kLongestDnsName = 253;  // RFC 1035 §2.3.4

// RFC 1034 §3.5; the underscore is not allowed there but common in host names.
bool IsDnsName(const std::string& name) {
  if (name.empty() || name.size() > kLongestDnsName || name.front() == '.') return false;
  return std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_';
  });
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

template <typename Bytes>
SubjectName FromBytes(const Bytes& bytes) {
  return {true, std::string(bytes.begin(), bytes.end())};
}

std::string SystemHostName() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : std::string();
}

}  // namespace

SubjectNames NamesOfThisHost(const std::string& host_name,
                             const std::vector<std::string>& addresses) {
  SubjectNames names = {{false, "localhost"}};
  names.insert(FromBytes(boost::asio::ip::address_v4::loopback().to_bytes()));
  names.insert(FromBytes(boost::asio::ip::address_v6::loopback().to_bytes()));
  const std::string host = Lower(host_name.empty() ? SystemHostName() : host_name);
  if (IsDnsName(host)) {
    names.insert({false, host});
    // RFC 6762 §3: the name other devices of the same network know it by.
    if (host.find('.') == std::string::npos) names.insert({false, host + ".local"});
  }
  size_t taken = 0;
  for (const std::string& text : addresses) {
    boost::system::error_code error;
    const address parsed = boost::asio::ip::make_address(text, error);
    if (error || parsed.is_unspecified() || taken == kMostAddresses) continue;
    if (parsed.is_v6() && parsed.to_v6().is_link_local()) continue;
    ++taken;
    names.insert(parsed.is_v4() ? FromBytes(parsed.to_v4().to_bytes())
                                : FromBytes(parsed.to_v6().to_bytes()));
  }
  return names;
}

SubjectNames NamesOfCertificate(const mbedtls_x509_crt& certificate) {
  SubjectNames names;
  for (const mbedtls_x509_sequence* entry = &certificate.subject_alt_names; entry != nullptr;
       entry = entry->next) {
    if (entry->buf.p == nullptr) continue;
    const std::string value(reinterpret_cast<const char*>(entry->buf.p), entry->buf.len);
    const int kind = entry->buf.tag & MBEDTLS_ASN1_TAG_VALUE_MASK;
    if (kind == MBEDTLS_X509_SAN_DNS_NAME) names.insert({false, Lower(value)});
    if (kind == MBEDTLS_X509_SAN_IP_ADDRESS) names.insert({true, value});
  }
  return names;
}

std::string ToString(const SubjectName& name) {
  if (!name.is_address) return name.value;
  if (name.value.size() == 4) {
    boost::asio::ip::address_v4::bytes_type bytes{};
    std::copy_n(name.value.begin(), bytes.size(), bytes.begin());
    return boost::asio::ip::address_v4(bytes).to_string();
  }
  if (name.value.size() == 16) {
    boost::asio::ip::address_v6::bytes_type bytes{};
    std::copy_n(name.value.begin(), bytes.size(), bytes.begin());
    return boost::asio::ip::address_v6(bytes).to_string();
  }
  return "an address of no known kind";
}

}  // namespace koeru::server
