#include "native_server/web/router.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "native_server/web/router_request.h"
#include "native_server/web/security_headers.h"

namespace koeru::server::web {

namespace http = boost::beast::http;

namespace {

constexpr std::string_view kServerName = "koeru-relay";

Reply NotFound() { return ErrorPage(http::status::not_found, "There is nothing at this address."); }

Reply MethodNotAllowed() {
  Reply reply = ErrorPage(http::status::method_not_allowed, "Only GET and HEAD are answered here.");
  reply.fields.set(http::field::allow, "GET, HEAD");
  return reply;
}

}  // namespace

Reply TooManyRequests(std::chrono::seconds wait) {
  Reply reply = JsonError(http::status::too_many_requests,
                          absl::StrCat("too many requests: try again in ", wait.count(), " s"));
  reply.fields.set(http::field::retry_after, absl::StrCat(wait.count()));
  return reply;
}

RequestInfo Router::Request::Info() const {
  auto source = context.source;
  if (source.is_v6() && source.to_v6().is_v4_mapped()) {
    source = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, source.to_v6());
  }
  return {.source = source.to_string(),
          .host = host ? host->host : std::string(),
          .port = host ? host->port.value_or(context.local_port) : context.local_port,
          .is_loopback = source.is_loopback()};
}

bool Router::Request::IsFromAllowedOrigin(const WebOptions& options) const {
  const std::string_view origin = FieldOf(header, http::field::origin);
  return host && IsOriginAllowed(origin, *host, options.allowed_origins);
}

Router::Router(const WebOptions& options)
    : options_(options),
      files_(options.roots),
      ice_servers_(options.limits.ice_servers_burst, options.limits.ice_servers_per_s),
      upgrades_(options.limits.upgrades_burst, options.limits.upgrades_per_s) {}

Reply Router::Handle(const RequestHeader& header, const RequestContext& context) {
  Request request{.header = header, .context = context, .host = {}, .target = {}};
  std::optional<Reply> refusal = CheckHeader(header, options_.limits, &request.host);
  if (!refusal) {
    const auto target = header.target();
    request.target = ParseTarget({target.data(), target.size()});
    if (request.target.problem == TargetProblem::kMalformed) {
      refusal = ErrorPage(http::status::bad_request, "The address of the request is malformed.");
    } else if (request.target.problem == TargetProblem::kNotFound) {
      refusal = NotFound();
    }
  }
  Reply reply = refusal ? *std::move(refusal) : Route(request);
  AddSecurityHeaders(request.host ? request.host->AuthorityForHttps(context.local_port) : "",
                     context.hsts, reply.fields);
  reply.fields.set(http::field::server, kServerName);
  return reply;
}

Reply Router::AskHandler(const Request& request) const {
  const auto method = request.header.method_string();
  HandlerReply answer = options_.handler(
      request.Info(), {.method = {method.data(), method.size()},
                       .path = request.target.path,
                       .query = request.target.query,
                       .authorization = FieldOf(request.header, http::field::authorization)});
  Reply reply;
  reply.status = static_cast<http::status>(answer.status);
  reply.fields.set(
      http::field::content_type,
      boost::beast::string_view(answer.content_type.data(), answer.content_type.size()));
  reply.fields.set(http::field::cache_control, "no-store");
  reply.body = std::move(answer.body);
  return reply;
}

Reply Router::Route(const Request& request) {
  if (options_.handler) return AskHandler(request);
  if (request.header.method() != http::verb::get && request.header.method() != http::verb::head) {
    return MethodNotAllowed();
  }
  const std::string_view path = request.target.path;
  if (path == "/healthz") return HandleHealth();
  if (path == "/readyz") return HandleReadiness();
  if (path == "/stats.json") return HandleStats(request);
  if (path == "/ice-servers") return HandleIceServers(request);
  if (path == "/signal") {
    if (!options_.serve_signalling) return NotFound();
    Reply reply = ErrorPage(http::status::upgrade_required,
                            "This is the address of a WebSocket, for pages to connect to.");
    reply.fields.set(http::field::upgrade, "websocket");  // RFC 9110 §15.5.22
    return reply;
  }
  return options_.serve_page ? HandleFile(request) : NotFound();
}

Reply Router::HandleHealth() const {
  if (options_.healthy && !options_.healthy()) {
    return JsonError(http::status::service_unavailable, "not healthy");
  }
  return JsonReply("{\"status\":\"ok\"}\n");
}

Reply Router::HandleReadiness() const {
  if (options_.ready && !options_.ready()) {
    return JsonError(http::status::service_unavailable, "not ready for new clients");
  }
  return JsonReply("{\"status\":\"ready\"}\n");
}

Reply Router::HandleStats(const Request& request) {
  const RequestInfo info = request.Info();
  const bool allowed = info.is_loopback || (options_.may_see_stats && options_.may_see_stats(info));
  if (!options_.stats || !allowed) return NotFound();
  std::optional<std::string> json = options_.stats(info);
  if (!json) return JsonError(http::status::service_unavailable, "no counters at the moment");
  return JsonReply(*std::move(json));
}

// Same origin only: a page of another site must not spend our relay in the name of its visitors.
Reply Router::HandleIceServers(const Request& request) {
  if (!options_.serve_ice_servers || !options_.ice_servers) return NotFound();
  if (!request.host) {
    return JsonError(http::status::bad_request, "the request needs a Host header");
  }
  const bool has_origin = request.header.count(http::field::origin) != 0;
  const bool from_allowed = has_origin && request.IsFromAllowedOrigin(options_);
  // Browsers say where a request comes from (W3C Fetch Metadata §2.2); "none" is a person who typed
  // the address.
  const auto site = request.header["Sec-Fetch-Site"];
  const bool cross_site = !site.empty() && site != "same-origin" && site != "none";
  if ((has_origin || cross_site) && !from_allowed) {
    return JsonError(http::status::forbidden, "credentials are only for pages of this server");
  }
  const auto wait =
      ice_servers_.TakeOrWait(SourceKey::Of(request.context.source), request.context.now);
  if (wait) return TooManyRequests(*wait);
  std::optional<std::string> json = options_.ice_servers(request.Info());
  if (!json) return JsonError(http::status::service_unavailable, "no credentials at the moment");
  Reply reply = JsonReply(*std::move(json));
  if (from_allowed) {
    const auto origin = request.header[http::field::origin];
    reply.fields.set(http::field::access_control_allow_origin, origin);
    reply.fields.set(http::field::vary, "Origin");
  } else {
    reply.fields.set("Cross-Origin-Resource-Policy", "same-origin");
  }
  return reply;
}

std::optional<Reply> Router::CheckUpgrade(const RequestHeader& header,
                                          const RequestContext& context) {
  Request request{.header = header, .context = context, .host = {}, .target = {}};
  std::optional<Reply> refusal = CheckHeader(header, options_.limits, &request.host);
  if (!refusal) {
    const auto target = header.target();
    request.target = ParseTarget({target.data(), target.size()});
    refusal = CheckWebSocket(request);
  }
  if (refusal) {
    AddSecurityHeaders("", context.hsts, refusal->fields);
    refusal->close = true;
  }
  return refusal;
}

std::optional<Reply> Router::CheckWebSocket(const Request& request) {
  if (request.target.problem != TargetProblem::kNone || request.target.path != "/signal" ||
      !options_.serve_signalling) {
    return NotFound();
  }
  // RFC 6455 §10.2: without this any page could act in the name of its visitors.
  if (request.header.count(http::field::origin) != 1 || !request.IsFromAllowedOrigin(options_)) {
    return JsonError(http::status::forbidden, "signalling is only for pages of this server");
  }
  http::token_list protocols(request.header[http::field::sec_websocket_protocol]);
  if (!protocols.exists("koeru.signal.v1")) {
    return JsonError(http::status::bad_request, "ask for the subprotocol koeru.signal.v1");
  }
  const auto wait =
      upgrades_.TakeOrWait(SourceKey::Of(request.context.source), request.context.now);
  if (wait) return TooManyRequests(*wait);
  return std::nullopt;
}

}  // namespace koeru::server::web
