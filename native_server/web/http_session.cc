#include "native_server/web/http_session.h"

#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/door/log_text.h"
#include "native_server/web/security_headers.h"
#include "native_server/web/websocket_session.h"

namespace koeru::server::web {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr size_t kReadAtOnce = 4096;
constexpr std::string_view kNoBody = "Requests must not have a body here.";

// RFC 9112 §6.3: whether anything follows the header.
bool HasBody(const http::request_parser<http::empty_body>& parser) {
  return parser.chunked() || parser.content_length().value_or(0) != 0;
}

}  // namespace

HttpSession::HttpSession(std::shared_ptr<WebCore> core, HttpsArrival arrival)
    : core_(std::move(core)),
      stream_(std::move(arrival.stream)),
      source_(std::move(arrival.source)),
      local_port_(arrival.local_port),
      hsts_(!arrival.self_signed),
      place_(std::move(arrival.place)),
      deadline_(stream_->get_executor()),
      buffer_(core_->options.limits.header_bytes + kReadAtOnce) {
  const auto space = buffer_.prepare(arrival.read.size());
  buffer_.commit(boost::asio::buffer_copy(space, boost::asio::buffer(arrival.read)));
}

// Between requests a browser may be silent for a while; the first request comes at once.
void HttpSession::WaitForRequest() {
  if (buffer_.size() != 0) return ReadHeader();  // the next request came along with the last one
  const WebLimits& limits = core_->options.limits;
  CloseAfter(requests_ == 0 ? limits.header_time : limits.idle_time);
  stream_->async_read_some(
      buffer_.prepare(kReadAtOnce),
      beast::bind_front_handler(&HttpSession::OnFirstBytes, shared_from_this()));
}

void HttpSession::OnFirstBytes(error_code error, size_t size) {
  if (error) return ShutDown();
  buffer_.commit(size);
  ReadHeader();
}

// From its first byte on, the whole header has to be there in `header_time`: one byte now and then
// keeps nothing alive.
void HttpSession::ReadHeader() {
  const WebLimits& limits = core_->options.limits;
  parser_.emplace();
  parser_->header_limit(static_cast<uint32_t>(limits.header_bytes));
  CloseAfter(limits.header_time);
  http::async_read_header(
      *stream_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, size_t /*size*/) { self->OnHeader(error); });
}

void HttpSession::OnHeader(error_code error) {
  if (error) return RefuseBrokenRequest(error);
  ++requests_;
  if (beast::websocket::is_upgrade(parser_->get())) return Upgrade();
  HandleRequest();
}

void HttpSession::RefuseBrokenRequest(error_code error) {
  if (error.category() != http::make_error_code(http::error::bad_target).category() ||
      error == http::error::end_of_stream || error == http::error::partial_message) {
    return ShutDown();  // gone
  }
  Reply reply;
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    reply = ErrorPage(http::status::request_header_fields_too_large,
                      absl::StrCat("The header of a request may have ",
                                   core_->options.limits.header_bytes, " bytes."));
  } else if (error == http::error::body_limit) {
    reply = ErrorPage(http::status::payload_too_large, kNoBody);
  } else {
    reply = ErrorPage(http::status::bad_request, "This is not a request of HTTP/1.1.");
  }
  AddSecurityHeaders("", hsts_, reply.fields);
  reply.close = true;
  Send(std::move(reply));
}

void HttpSession::HandleRequest() {
  const WebLimits& limits = core_->options.limits;
  Reply reply;
  if (HasBody(*parser_)) {
    // Nothing here takes a body, and the rest of this connection would be one.
    reply = ErrorPage(http::status::payload_too_large, kNoBody);
    AddSecurityHeaders("", hsts_, reply.fields);
    reply.close = true;
  } else {
    reply = core_->router.Handle(parser_->get(), Context());
  }
  const auto target = parser_->get().target();
  // Without the query, where people put secrets by mistake.
  const std::string_view path = std::string_view(target.data(), target.size());
  core_->Log(Severity::kDebug,
             absl::StrCat(source_.to_string(), " \"", Escaped(path.substr(0, path.find('?'))),
                          "\" ", static_cast<unsigned>(reply.status)));
  reply.close =
      reply.close || !parser_->keep_alive() || requests_ >= limits.requests_per_connection;
  Send(std::move(reply));
}

void HttpSession::Upgrade() {
  std::optional<Reply> refusal = core_->router.CheckUpgrade(parser_->get(), Context());
  // RFC 6455 §4.1: a client waits for the answer before it sends anything else.
  if (!refusal && (HasBody(*parser_) || buffer_.size() != 0)) {
    refusal = JsonError(http::status::bad_request, "data came before the WebSocket was accepted");
    refusal->close = true;
  }
  if (refusal) return Send(*std::move(refusal));
  deadline_.Clear();
  auto session =
      std::make_shared<WebSocketSession>(core_, *std::move(stream_), source_, std::move(place_));
  stream_.reset();
  place_.reset();
  session->Start(parser_->release());
}

void HttpSession::Send(Reply reply) {
  reply_ = std::move(reply);
  const bool head = parser_->is_header_done() && parser_->get().method() == http::verb::head;
  response_.emplace();
  static_cast<http::fields&>(response_->base()) = std::move(reply_.fields);
  response_->version(11);
  response_->result(reply_.status);
  response_->keep_alive(!reply_.close);
  // RFC 9110 §15.4.5: a 304 has no content; §9.3.2: HEAD tells the length of what GET would send.
  if (reply_.status != http::status::not_modified) {
    response_->content_length(reply_.content_length());
  }
  const bool bodiless = head || reply_.status == http::status::not_modified;
  left_ = bodiless || !reply_.file ? 0 : reply_.file->length;
  if (bodiless) reply_.body.clear();
  response_->body().data = reply_.body.data();
  response_->body().size = reply_.body.size();
  response_->body().more = left_ != 0;
  if (left_ != 0) FillChunk();
  serializer_.emplace(*response_);
  WriteChunk();
}

RequestContext HttpSession::Context() const {
  return {.source = source_,
          .local_port = local_port_,
          .hsts = hsts_,
          .now = std::chrono::steady_clock::now()};
}

void HttpSession::CloseAfter(std::chrono::milliseconds time) {
  deadline_.Set(time, [self = shared_from_this()] {
    if (self->stream_) self->stream_->close();
  });
}

}  // namespace koeru::server::web
