#pragma once

// Web origins as keys of a table: ORIGIN comes from a browser as RFC 6454 writes it, and coturn
// keeps origins with their port, "http://crinna.org:80".

#include <string>
#include <string_view>

namespace koeru::relay {

// "HTTPS://Example.org/path" becomes "https://example.org:443": lower case, the port that http,
// https and ftp stand for written out, nothing behind it. What is no origin stays as it is.
std::string CanonicalOrigin(std::string_view origin);

}  // namespace koeru::relay
