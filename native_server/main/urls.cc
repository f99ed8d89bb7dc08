#include "native_server/main/urls.h"

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

// Pages cannot name the zone that a link-local IPv6 address needs.
bool IsUsableInUrl(const net::Address& address) {
  const Bytes b = address.bytes();
  return !address.IsLoopback() && !(address.is_v6() && b[0] == 0xFE && (b[1] & 0xC0) == 0x80);
}

}  // namespace

std::vector<std::string> PageHosts(const ServerOptions& options, const Machine& machine) {
  std::vector<std::string> hosts;
  if (options.listening_ips.empty()) {
    hosts.push_back("localhost");
    for (const net::Address& address : machine.addresses) {
      if (IsUsableInUrl(address)) hosts.push_back(address.ToString());
    }
    return hosts;
  }
  for (const net::Address& address : options.listening_ips) {
    hosts.push_back(address.IsLoopback() || address.IsUnspecified() ? "localhost"
                                                                    : address.ToString());
  }
  return hosts;
}

std::string BestHost(const ServerOptions& options, const Machine& machine) {
  const std::vector<std::string> hosts = PageHosts(options, machine);
  for (const std::string& host : hosts) {
    const auto address = net::Address::Parse(host);
    if (address.ok() && address->is_v4()) return host;
  }
  return hosts.front();
}

std::vector<std::string> PageUrls(const ServerOptions& options, const Machine& machine) {
  std::vector<std::string> urls;
  for (const std::string& host : PageHosts(options, machine)) {
    const bool v6 = host.find(':') != std::string::npos;
    urls.push_back(absl::StrCat("https://", v6 ? "[" : "", host, v6 ? "]" : "", ":",
                                options.WebHttpsPort(), "/"));
  }
  return urls;
}

}  // namespace koeru::server
