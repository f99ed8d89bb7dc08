// One request as the parts of the router see it. Only for router*.cc.
#pragma once

#include <optional>

#include "native_server/web/router.h"

namespace koeru::server::web {

struct Router::Request {
  const RequestHeader& header;
  const RequestContext& context;
  std::optional<HostPort> host{};
  Target target{};

  RequestInfo Info() const;
  // The Origin header is the page's own origin or one of the options' list.
  bool IsFromAllowedOrigin(const WebOptions& options) const;
};

// 429 with Retry-After.
Reply TooManyRequests(std::chrono::seconds wait);

}  // namespace koeru::server::web
