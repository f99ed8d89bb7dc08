// The checks of router.h that concern every request.
#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "native_server/web/router.h"

namespace koeru::server::web {

namespace http = boost::beast::http;

std::string_view FieldOf(const RequestHeader& header, http::field name) {
  const auto value = header[name];
  return {value.data(), value.size()};
}

std::optional<Reply> CheckHeader(const RequestHeader& header, const WebLimits& limits,
                                 std::optional<HostPort>* host) {
  if (static_cast<size_t>(std::distance(header.begin(), header.end())) > limits.header_fields) {
    return ErrorPage(http::status::request_header_fields_too_large,
                     absl::StrCat("A request may have ", limits.header_fields, " header fields."));
  }
  if (header.target().size() > limits.target_bytes) {
    return ErrorPage(http::status::uri_too_long,
                     absl::StrCat("The address may have ", limits.target_bytes, " bytes."));
  }
  if (header.version() != 11 && header.version() != 10) {
    return ErrorPage(http::status::http_version_not_supported, "Use HTTP/1.1.");
  }
  // RFC 9112 §3.2: no Host in HTTP/1.1, more than one, or a bad one: 400.
  const auto count = header.count(http::field::host);
  if (count == 1) *host = ParseHost(FieldOf(header, http::field::host));
  if (count > 1 || (count == 1 && !*host) || (count == 0 && header.version() == 11)) {
    return ErrorPage(http::status::bad_request,
                     "The Host header is missing or is not a name with a port.");
  }
  return std::nullopt;
}

}  // namespace koeru::server::web
