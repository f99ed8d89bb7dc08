#include "core/ice/uri.h"

#include <algorithm>
#include <optional>

#include "core/ice/token.h"

namespace koeru::ice {
namespace {

constexpr std::string_view kSchemes[] = {"stun", "stuns", "turn", "turns"};

// The parts of "scheme:host:port?query" with their places.
struct Span {
  std::string_view text;
  size_t at = 0;
};

std::optional<ParseError> FindSpace(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c <= 0x20 || c == 0x7F) {
      return ParseError{"a space or control character in the URI: remove it", i};
    }
  }
  return std::nullopt;
}

Result<Scheme> ParseScheme(std::string_view text, size_t colon) {
  if (colon == std::string_view::npos) {
    return ParseError{"the scheme is missing: start with stun:, stuns:, turn: or turns:", 0};
  }
  for (uint8_t i = 0; i < 4; ++i) {
    // RFC 3986 section 3.1: "schemes are case-insensitive".
    if (EqualsIgnoringCase(text.substr(0, colon), kSchemes[i])) return static_cast<Scheme>(i);
  }
  return ParseError{"not a scheme of an ICE server: use stun:, stuns:, turn: or turns:", 0};
}

// What the grammar has no place for, named one by one because people paste it.
std::optional<ParseError> FindForeignPart(Span rest) {
  if (rest.text.starts_with("//")) {
    return ParseError{"drop the slashes: a STUN or TURN URI is written stun:host, not stun://host",
                      rest.at};
  }
  for (size_t i = 0; i < rest.text.size(); ++i) {
    const size_t at = rest.at + i;
    switch (rest.text[i]) {
      case '@':
        return ParseError{"no user stands in the URI: pass username and credential beside it", at};
      case '/':
        return ParseError{"a STUN or TURN URI has no path: end it behind host and port", at};
      case '#':
        return ParseError{"a STUN or TURN URI has no fragment: remove '#' and what follows", at};
      case '%':
        // Browsers parse the host as that of an https: URL, which has no zone.
        return ParseError{"browsers take no '%' (zone or escape) in the host: write it plainly",
                          at};
      default:
        break;
    }
  }
  return std::nullopt;
}

std::optional<ParseError> ParsePort(Span port, Uri& uri) {
  if (port.text.empty()) {
    return ParseError{"the port is missing behind ':': write it, or remove the ':'", port.at};
  }
  const auto number = ParseNumber(port.text, 1, 0xFFFF, "the port is a number from 1 to 65535");
  if (!number.ok()) return number.ErrorShiftedBy(port.at);
  uri.port = static_cast<uint16_t>(*number);
  uri.port_given = true;
  return std::nullopt;
}

std::optional<ParseError> ParseHostAndPort(Span span, Uri& uri) {
  const auto [text, at] = span;
  if (text.empty() || text[0] == ':') {
    return ParseError{"the host is missing: write a name or an IP address behind the scheme", at};
  }
  std::string_view host = text;
  size_t host_at = at;
  size_t colon = text.find(':');
  if (text[0] == '[') {
    // RFC 3986 section 3.2.2: an IPv6 address stands in brackets.
    const size_t close = text.find(']');
    if (close == std::string_view::npos) {
      return ParseError{"the bracket of the IPv6 address is not closed: add ']'", at};
    }
    host = text.substr(1, close - 1);
    host_at = at + 1;
    if (host.find(':') == std::string_view::npos) {
      return ParseError{"only an IPv6 address stands in brackets: remove them", at};
    }
    colon = close + 1 < text.size() ? close + 1 : std::string_view::npos;
    if (colon != std::string_view::npos && text[colon] != ':') {
      return ParseError{"only ':' and a port may follow the bracket", at + colon};
    }
  } else if (colon != std::string_view::npos) {
    if (text.find(':', colon + 1) != std::string_view::npos) {
      return ParseError{"more than one ':': put an IPv6 address in brackets, as in [2001:db8::1]",
                        at + text.find(':', colon + 1)};
    }
    host = text.substr(0, colon);
  }
  Result<HostText> parsed = HostText::Parse(host);
  if (!parsed.ok()) return parsed.ErrorShiftedBy(host_at);
  uri.host = *parsed;
  if (colon == std::string_view::npos) return std::nullopt;
  return ParsePort({text.substr(colon + 1), at + colon + 1}, uri);
}

std::optional<ParseError> ParseQuery(Span query, Uri& uri) {
  // RFC 7064 section 3.1 has no query; RFC 7065 section 3.1 has "?transport=" only.
  if (!uri.is_turn()) {
    return ParseError{"stun: and stuns: take no query: remove '?' and what follows", query.at};
  }
  constexpr std::string_view kKey = "?transport=";
  if (!query.text.starts_with(kKey)) {
    return ParseError{"the only query is ?transport=udp or ?transport=tcp", query.at};
  }
  const std::string_view value = query.text.substr(kKey.size());
  const size_t value_at = query.at + kKey.size();
  if (value == "tls" || value == "dtls") {
    return ParseError{"the transport is udp or tcp: for TLS write the scheme turns: instead",
                      value_at};
  }
  if (value != "udp" && value != "tcp") {
    return ParseError{"the transport is udp or tcp, in lower case, with nothing behind it",
                      value_at};
  }
  uri.transport = value == "udp" ? UriTransport::kUdp : UriTransport::kTcp;
  uri.transport_given = true;
  return std::nullopt;
}

}  // namespace

std::string_view SchemeName(Scheme scheme) { return kSchemes[static_cast<size_t>(scheme)]; }

Result<Uri> Uri::Parse(std::string_view text) {
  if (text.empty()) return ParseError{"the URI is empty: write stun:host or turn:host", 0};
  if (const auto error = FindSpace(text)) return *error;
  const size_t colon = text.find(':');
  const Result<Scheme> scheme = ParseScheme(text, colon);
  if (!scheme.ok()) return scheme.error();
  Uri uri;
  uri.scheme = *scheme;
  uri.port = DefaultPort(*scheme);
  uri.transport = DefaultTransport(*scheme);

  const size_t rest_at = colon + 1;
  const size_t question = std::min(text.find('?', rest_at), text.size());
  const Span host_and_port{text.substr(rest_at, question - rest_at), rest_at};
  if (const auto error = FindForeignPart(host_and_port)) return *error;
  if (const auto error = ParseHostAndPort(host_and_port, uri)) return *error;
  if (question == text.size()) return uri;
  const Span query{text.substr(question), question};
  const size_t hash = query.text.find('#');
  if (hash != std::string_view::npos) {
    return ParseError{"a STUN or TURN URI has no fragment: remove '#' and what follows",
                      question + hash};
  }
  if (const auto error = ParseQuery(query, uri)) return *error;
  return uri;
}

std::string Uri::ToString() const {
  std::string text(SchemeName(scheme));
  text += ':';
  const bool bracketed = host.kind == HostKind::kIpv6;
  if (bracketed) text += '[';
  text += host.text;
  if (bracketed) text += ']';
  if (port_given) text.append(":").append(std::to_string(port));
  if (transport_given) {
    text += transport == UriTransport::kUdp ? "?transport=udp" : "?transport=tcp";
  }
  return text;
}

}  // namespace koeru::ice
