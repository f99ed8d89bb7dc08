#pragma once

// stun:, stuns:, turn: and turns: URIs (RFC 7064, RFC 7065), as strictly as browsers take them in
// RTCIceServer.urls (WebRTC, "validate an ICE server URL").
//
//   Result<Uri> uri = Uri::Parse("turns:turn.example.org?transport=tcp");
//   uri->scheme;       // Scheme::kTurns
//   uri->host.text;    // "turn.example.org"
//   uri->port;         // 5349, the default of turns:
//
//   Uri::Parse("stun://example.org").error()
//     // {"drop the slashes: a STUN or TURN URI is written stun:host, not stun://host", 5}
//
// A Uri is a view: host.text points into the text that was given.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes/result.h"
#include "core/ice/address_text.h"

namespace koeru::ice {

enum class Scheme : uint8_t { kStun, kStuns, kTurn, kTurns };

// "stun", "stuns", "turn", "turns".
std::string_view SchemeName(Scheme scheme);

enum class UriTransport : uint8_t { kUdp, kTcp };

struct Uri {
  Scheme scheme = Scheme::kStun;
  HostText host;  // without brackets
  uint16_t port = 3478;
  bool port_given = false;
  UriTransport transport = UriTransport::kUdp;
  bool transport_given = false;

  static Result<Uri> Parse(std::string_view text);
  // The canonical form: what was not given is not written.
  std::string ToString() const;

  bool is_turn() const { return scheme == Scheme::kTurn || scheme == Scheme::kTurns; }
  bool is_secure() const { return scheme == Scheme::kStuns || scheme == Scheme::kTurns; }
};

// RFC 7064 section 3.2, RFC 7065 section 3.2: 3478 for stun and turn, 5349 for stuns and turns.
constexpr uint16_t DefaultPort(Scheme scheme) {
  return scheme == Scheme::kStuns || scheme == Scheme::kTurns ? 5349 : 3478;
}
// RFC 7065 section 3.2: without "transport", turn: tries UDP and turns: TCP (TLS).
constexpr UriTransport DefaultTransport(Scheme scheme) {
  return scheme == Scheme::kStuns || scheme == Scheme::kTurns ? UriTransport::kTcp
                                                              : UriTransport::kUdp;
}

}  // namespace koeru::ice
