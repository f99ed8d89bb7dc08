// Router: from a request's header to a Reply. No sockets: it can be tested by calling it.
//
//   /signal        a WebSocket (SIGNALLING.md); CheckUpgrade decides, a plain request gets 426
//   /ice-servers   credentials for the relay, from the callback, limited for each source
//   /stats.json    counters, for this machine only unless a callback allows more
//   /healthz       "ok", or 503
//   /readyz        "ready", or 503 while the server takes no new clients
//   anything else  a file below the roots
//
// Each of page, signalling and credentials can be switched off by itself; it is 404 then.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <optional>
#include <string_view>

#include "native_server/web/host_header.h"
#include "native_server/door/rate_limiter.h"
#include "native_server/web/reply.h"
#include "native_server/web/static_files.h"
#include "native_server/web/url_path.h"
#include "native_server/web/web_options.h"

namespace koeru::server::web {

using RequestHeader = boost::beast::http::request_header<>;

// What the connection knows of a request besides its header.
struct RequestContext {
  boost::asio::ip::address source{};
  uint16_t local_port = 0;
  bool hsts = false;  // the certificate is one that browsers trust
  TimePoint now{};
};

class Router {
 public:
  // `options` must outlive the router.
  explicit Router(const WebOptions& options);

  // May be called from several threads at once.
  Reply Handle(const RequestHeader& header, const RequestContext& context);

  // For a request that asks to become a WebSocket: nothing if it may, otherwise the refusal.
  std::optional<Reply> CheckUpgrade(const RequestHeader& header, const RequestContext& context);

 private:
  struct Request;

  Reply Route(const Request& request);
  Reply AskHandler(const Request& request) const;
  Reply HandleIceServers(const Request& request);
  Reply HandleStats(const Request& request);
  Reply HandleHealth() const;
  Reply HandleReadiness() const;
  Reply HandleFile(const Request& request) const;
  std::optional<Reply> CheckWebSocket(const Request& request);

  const WebOptions& options_;
  StaticFiles files_;
  SharedRateLimiter ice_servers_;
  SharedRateLimiter upgrades_;
};

// The value of a header field; empty if it is missing.
std::string_view FieldOf(const RequestHeader& header, boost::beast::http::field name);

// Checks that concern every request before it is looked at: RFC 9112 §3.2 (exactly one good Host
// header), number of fields, length of the target. On success `host` is set (a request of HTTP/1.0
// may leave it empty).
std::optional<Reply> CheckHeader(const RequestHeader& header, const WebLimits& limits,
                                 std::optional<HostPort>* host);

}  // namespace koeru::server::web
