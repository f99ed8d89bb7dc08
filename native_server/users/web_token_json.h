#pragma once

// Reads JSON Web Tokens that come as usernames (core/relay/web_token.h), with Boost.JSON.
//
//   relay::WebTokenReader& reader = WebTokenJson();
//   reader.Read("eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDAwMDB9")->expiry.seconds == 1800000000
//
// Strict where it matters before anything is proven: base64url in its one spelling, "alg" is HS256
// and nothing else ("none" least of all), no "crit" (RFC 7515 section 4.1.11: what it lists must be
// understood, and none of it is), times are numbers. Other members are ignored, as RFC 7519
// section 4 wants it. Holds no state; any thread.

#include "core/relay/web_token.h"

namespace koeru::server {

const relay::WebTokenReader& WebTokenJson();

}  // namespace koeru::server
