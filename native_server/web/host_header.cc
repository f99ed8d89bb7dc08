#include "native_server/web/host_header.h"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace koeru::server::web {
namespace {

constexpr uint16_t kHttpsPort = 443;
constexpr size_t kLongestHost = 253;  // RFC 1035 §2.3.4

std::optional<uint16_t> ParsePort(std::string_view text) {
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

bool IsName(std::string_view host) {
  if (host.empty() || host.size() > kLongestHost || host.front() == '.' || host.front() == '-') {
    return false;
  }
  if (host.find("..") != std::string_view::npos) return false;
  return std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_';
  });
}

}  // namespace

std::string HostPort::HostForUrl() const { return is_v6 ? absl::StrCat("[", host, "]") : host; }

std::string HostPort::AuthorityForHttps(uint16_t port_if_missing) const {
  const uint16_t used = port.value_or(port_if_missing);
  return used == kHttpsPort ? HostForUrl() : absl::StrCat(HostForUrl(), ":", used);
}

std::optional<HostPort> ParseHost(std::string_view text) {
  HostPort result;
  std::string_view rest;
  if (text.starts_with('[')) {
    const size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = text.substr(1, end - 1);
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address_v6(std::string(inside), error);
    if (error || inside.find('%') != std::string_view::npos) return std::nullopt;
    result.host = address.to_string();
    result.is_v6 = true;
    rest = text.substr(end + 1);
  } else {
    const size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    if (!IsName(name)) return std::nullopt;
    result.host = absl::AsciiStrToLower(name);
    rest = colon == std::string_view::npos ? "" : text.substr(colon);
  }
  if (rest.empty()) return result;
  if (rest.front() != ':') return std::nullopt;
  if (rest.size() == 1) return result;  // RFC 3986 §3.2.3: an empty port is no port
  result.port = ParsePort(rest.substr(1));
  if (!result.port) return std::nullopt;
  return result;
}

bool IsOriginAllowed(std::string_view origin, const HostPort& host,
                     const std::vector<std::string>& allowed) {
  for (const std::string& entry : allowed) {
    if (absl::EqualsIgnoreCase(entry, origin)) return true;
  }
  constexpr std::string_view kScheme = "https://";
  if (!absl::StartsWithIgnoreCase(origin, kScheme)) return false;
  const std::optional<HostPort> parsed = ParseHost(origin.substr(kScheme.size()));
  return parsed && parsed->host == host.host &&
         parsed->port.value_or(kHttpsPort) == host.port.value_or(kHttpsPort);
}

}  // namespace koeru::server::web
