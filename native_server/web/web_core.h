// WebCore: what all connections of one WebServer share.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string_view>

#include "native_server/tls/source_quota.h"
#include "native_server/tls/tls_context.h"
#include "native_server/web/rate_limiter.h"
#include "native_server/web/router.h"
#include "native_server/web/signalling_hub.h"
#include "native_server/web/web_options.h"

namespace koeru::server::web {

struct WebCore {
  WebCore(WebOptions web_options, std::unique_ptr<ReloadableTlsContext> tls_context,
          boost::asio::any_io_executor executor);

  void Log(Severity severity, std::string_view text) const {
    if (options.log) options.log(severity, text);
  }

  const WebOptions options;
  const std::unique_ptr<ReloadableTlsContext> tls;
  Router router;
  SignallingHub hub;
  SourceQuota connections;
  SourceQuota half_open;
  SharedRateLimiter connects;
};

// A connection that was accepted, with its place in the count of connections.
struct Accepted {
  boost::asio::ip::tcp::socket socket;
  boost::asio::ip::address source;
  SourceQuota::Lease place;
};

}  // namespace koeru::server::web
