#include "native_server/web/security_headers.h"

#include "absl/strings/str_cat.h"

namespace koeru::server::web {

namespace http = boost::beast::http;

std::string ContentSecurityPolicy(std::string_view authority) {
  return absl::StrCat(
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
      "connect-src 'self'",
      authority.empty() ? "" : " wss://", authority,
      "; media-src 'self' blob:; img-src 'self' data: blob:; object-src 'none'; "
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
}

void AddSecurityHeaders(std::string_view authority, bool hsts, http::fields& fields) {
  fields.set("Content-Security-Policy", ContentSecurityPolicy(authority));
  fields.set("X-Content-Type-Options", "nosniff");
  fields.set("Referrer-Policy", "no-referrer");
  fields.set("Permissions-Policy",
             "camera=(self), microphone=(self), display-capture=(self), geolocation=()");
  fields.set("Cross-Origin-Opener-Policy", "same-origin");
  if (hsts) fields.set(http::field::strict_transport_security, "max-age=31536000");
}

}  // namespace koeru::server::web
