// The headers that every reply over HTTPS carries so that browsers keep pages apart from each
// other.
#pragma once

#include <boost/beast/http/fields.hpp>
#include <string>
#include <string_view>

namespace koeru::server::web {

// `authority` is the page's own "host:port", checked before, or empty; it is named in the policy
// because older browsers do not take 'self' for wss.
std::string ContentSecurityPolicy(std::string_view authority);

// `hsts` only with a certificate that browsers trust: a site pinned to https with a certificate
// that is not trusted cannot be reached at all (RFC 6797 §8.4).
void AddSecurityHeaders(std::string_view authority, bool hsts, boost::beast::http::fields& fields);

}  // namespace koeru::server::web
