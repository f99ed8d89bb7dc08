#include "native_server/web/reply.h"

#include "absl/strings/str_cat.h"
#include "native_server/web/json_text.h"

namespace koeru::server::web {

namespace http = boost::beast::http;

namespace {

std::string_view NameOf(http::status status) {
  const auto name = http::obsolete_reason(status);
  return {name.data(), name.size()};
}

}  // namespace

Reply ErrorPage(http::status status, std::string_view text) {
  Reply reply;
  reply.status = status;
  reply.fields.set(http::field::content_type, "text/html; charset=utf-8");
  reply.fields.set(http::field::cache_control, "no-store");
  const std::string title = absl::StrCat(static_cast<unsigned>(status), " ", NameOf(status));
  reply.body =
      absl::StrCat("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">",
                   "<meta name=\"viewport\" content=\"width=device-width\"><title>", title,
                   "</title></head>\n<body><h1>", title, "</h1><p>", text, "</p></body></html>\n");
  return reply;
}

Reply JsonReply(std::string json) {
  Reply reply;
  reply.fields.set(http::field::content_type, "application/json");
  reply.fields.set(http::field::cache_control, "no-store");
  reply.body = std::move(json);
  return reply;
}

Reply JsonError(http::status status, std::string_view text) {
  Reply reply = JsonReply(absl::StrCat("{\"error\":", JsonString(text), "}\n"));
  reply.status = status;
  return reply;
}

// 308 keeps the method (RFC 9110 §15.4.9). It may be cached for ever by default, which would
// outlive a change of ports, so that is forbidden.
Reply RedirectTo(std::string_view location) {
  Reply reply = ErrorPage(http::status::permanent_redirect, "The page is at another address.");
  reply.fields.set(http::field::location,
                   boost::beast::string_view(location.data(), location.size()));
  return reply;
}

}  // namespace koeru::server::web
