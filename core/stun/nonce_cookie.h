#pragma once

// The nonce cookie: RFC 8489 section 9.2. A server that knows RFC 8489 begins its nonces with
// "obMatJos2" and four characters of base64 that hold 24 security feature bits. Whoever strips
// PASSWORD-ALGORITHMS from a response leaves the bits behind, and the client notices.
//
//   std::string nonce = MakeNonceCookie({.password_algorithms = true}) + ...;   //
//   "obMatJos2AAAB..." if (auto features = ParseNonceCookie(nonce)) ...
//
// Bit 0 ("Password algorithms") is the least significant one, as erratum 6290 says and the nonce
// of appendix B.1 shows ("AAAC" with username anonymity, bit 1).

#include <optional>
#include <string>
#include <string_view>

namespace koeru::stun {

inline constexpr std::string_view kNonceCookie = "obMatJos2";
// With the feature characters.
inline constexpr size_t kNonceCookieSize = 13;

// IANA's "STUN Security Features" registry (RFC 8489 section 18.1).
struct SecurityFeatures {
  bool password_algorithms = false;  // bit 0
  bool username_anonymity = false;   // bit 1

  friend bool operator==(const SecurityFeatures&, const SecurityFeatures&) = default;
};

// The 13 characters that the nonce begins with.
std::string MakeNonceCookie(SecurityFeatures features);

// nullopt when the nonce does not begin with a cookie; unassigned bits are ignored.
std::optional<SecurityFeatures> ParseNonceCookie(std::string_view nonce);

}  // namespace koeru::stun
