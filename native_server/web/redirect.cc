#include "native_server/web/redirect.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace koeru::server::web {

namespace http = boost::beast::http;

Reply RedirectToHttps(const RequestHeader& header, const WebLimits& limits, uint16_t https_port) {
  std::optional<HostPort> host;
  if (std::optional<Reply> refusal = CheckHeader(header, limits, &host)) return *std::move(refusal);
  const auto raw = header.target();
  std::string_view target(raw.data(), raw.size());
  const bool plain = std::all_of(target.begin(), target.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
  });
  if (!host || !plain || !target.starts_with('/')) {
    return ErrorPage(http::status::bad_request,
                     "This server speaks HTTPS: write https:// in front of its address.");
  }
  host->port = https_port;  // the port of the request is the one of plain HTTP
  Reply reply = RedirectTo(absl::StrCat("https://", host->AuthorityForHttps(https_port), target));
  reply.close = true;
  return reply;
}

}  // namespace koeru::server::web
