// Challenges of an authority that wants to know who has this name: RFC 8555 section 8.3 asks for
// http://NAME/.well-known/acme-challenge/TOKEN over port 80, whose answer somebody else has.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace koeru::server {

// Where the challenge is answered: `base` (acme-redirect) and the token. Nothing when `base` is
// empty or `target`, the path of the request, is no challenge.
std::optional<std::string> AcmeLocation(std::string_view base, std::string_view target);

}  // namespace koeru::server
