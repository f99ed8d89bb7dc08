#include "core/ice/address_text.h"

#include <algorithm>

#include "core/ice/token.h"

namespace koeru::ice {
namespace {

bool IsNameChar(char c) { return IsAlphaNumeric(c) || c == '-' || c == '.' || c == '_'; }

// RFC 1035 section 2.3.4: labels of at most 63 octets, names of at most 255 (253 as text).
std::optional<ParseError> FindNameError(std::string_view name) {
  if (name.size() > 253) return ParseError{"a domain name has at most 253 characters", 253};
  size_t label_at = 0;
  for (size_t i = 0; i <= name.size(); ++i) {
    if (i < name.size() && name[i] != '.') {
      if (IsNameChar(name[i])) continue;
      if (static_cast<unsigned char>(name[i]) >= 0x80) {
        return ParseError{"a name outside ASCII: write its punycode form (xn--...)", i};
      }
      return ParseError{"a character that no address and no domain name has: remove it", i};
    }
    // The root's dot may end a name.
    if (i == label_at && (i == 0 || i < name.size())) {
      return ParseError{"an empty label in a domain name: remove the extra dot", i};
    }
    if (i - label_at > 63) {
      return ParseError{"a label of a domain name has at most 63 characters", label_at};
    }
    label_at = i + 1;
  }
  return std::nullopt;
}

// "300.1.2.3" and "1.2.3" are mistyped addresses, never names: a top-level domain is not numeric
// (RFC 3696 section 2).
bool LooksLikeIpv4(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return IsDigit(c) || c == '.'; });
}

}  // namespace

std::string_view HostKindName(HostKind kind) {
  constexpr std::string_view kNames[] = {"ipv4", "ipv6", "name", "mdns"};
  return kNames[static_cast<size_t>(kind)];
}

Result<HostText> HostText::Parse(std::string_view text) {
  HostText host;
  host.text = text;
  if (text.empty()) return ParseError{"the address is missing: write an IP address or a name", 0};
  if (text.find(':') != std::string_view::npos) {
    const size_t percent = text.find('%');
    const std::string_view digits = text.substr(0, percent);
    auto address = net::Address::Parse(digits);
    if (!address.ok()) return address.error();
    if (percent != std::string_view::npos) {
      host.zone = text.substr(percent + 1);
      if (host.zone.empty()) {
        return ParseError{"an empty zone: write an interface behind '%', or remove it", percent};
      }
      const auto bad = std::find_if(host.zone.begin(), host.zone.end(),
                                    [](char c) { return !IsNameChar(c) && c != '~'; });
      if (bad != host.zone.end()) {
        const auto at = static_cast<size_t>(bad - host.zone.begin());
        return ParseError{"a character that no zone (interface name) has", percent + 1 + at};
      }
    }
    host.kind = HostKind::kIpv6;
    host.address = *address;
    return host;
  }
  if (LooksLikeIpv4(text)) {
    auto address = net::Address::Parse(text);
    if (!address.ok()) {
      return ParseError{"not an IPv4 address: four numbers from 0 to 255, no leading zeros", 0};
    }
    host.kind = HostKind::kIpv4;
    host.address = *address;
    return host;
  }
  if (const auto error = FindNameError(text)) return *error;
  // draft-ietf-mmusic-mdns-ice-candidates section 3.1.1: a UUID and ".local".
  host.kind = EndsWithIgnoringCase(text, ".local") ? HostKind::kMdns : HostKind::kName;
  return host;
}

}  // namespace koeru::ice
