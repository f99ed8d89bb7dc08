// The answer to a request that came by plain HTTP: the same address with https.
#pragma once

#include "native_server/web/reply.h"
#include "native_server/web/router.h"

namespace koeru::server::web {

// Browsers hide the camera from pages that did not come over https. `https_port` is where they
// shall go. A request without a good Host header gets a page that says what to type.
Reply RedirectToHttps(const RequestHeader& header, const WebLimits& limits, uint16_t https_port);

}  // namespace koeru::server::web
