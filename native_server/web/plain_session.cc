#include "native_server/web/plain_session.h"

#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <utility>

#include "native_server/door/acme_redirect.h"
#include "native_server/web/redirect.h"

namespace koeru::server::web {

namespace http = boost::beast::http;

namespace {

constexpr std::chrono::milliseconds kLingerTime{2'000};

}  // namespace

PlainSession::PlainSession(std::shared_ptr<WebCore> core, Accepted accepted, uint16_t https_port)
    : core_(std::move(core)),
      accepted_(std::move(accepted)),
      https_port_(https_port),
      deadline_(accepted_.socket.get_executor()),
      buffer_(core_->options.limits.header_bytes + 4096) {}

void PlainSession::Start() {
  deadline_.Set(core_->options.limits.header_time, [self = shared_from_this()] {
    error_code ignored;
    self->accepted_.socket.close(ignored);
  });
  parser_.header_limit(static_cast<uint32_t>(core_->options.limits.header_bytes));
  http::async_read_header(
      accepted_.socket, buffer_, parser_,
      [self = shared_from_this()](error_code error, size_t /*size*/) { self->OnHeader(error); });
}

void PlainSession::OnHeader(error_code error) {
  if (!error) {
    const auto target = parser_.get().target();
    const auto challenge =
        AcmeLocation(core_->options.acme_redirect, {target.data(), target.size()});
    if (challenge) return Send(RedirectTo(*challenge));
    return Send(RedirectToHttps(parser_.get(), core_->options.limits, https_port_));
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return Send(ErrorPage(http::status::request_header_fields_too_large,
                          "The header of the request is too large."));
  }
  if (error.category() == http::make_error_code(http::error::bad_target).category() &&
      error != http::error::end_of_stream && error != http::error::partial_message) {
    return Send(ErrorPage(http::status::bad_request,
                          "This server speaks HTTPS: write https:// in front of its address."));
  }
  deadline_.Clear();
}

void PlainSession::Send(Reply reply) {
  response_.version(11);
  static_cast<http::fields&>(response_.base()) = std::move(reply.fields);
  response_.result(reply.status);
  response_.set(http::field::server, "koeru-relay");
  response_.set("X-Content-Type-Options", "nosniff");
  response_.keep_alive(false);
  response_.content_length(reply.body.size());
  const bool head = parser_.is_header_done() && parser_.get().method() == http::verb::head;
  if (!head) response_.body() = std::move(reply.body);
  http::async_write(
      accepted_.socket, response_, [self = shared_from_this()](error_code error, size_t /*size*/) {
        if (error) return self->deadline_.Clear();
        error_code ignored;
        self->accepted_.socket.shutdown(boost::asio::socket_base::shutdown_send, ignored);
        self->deadline_.Set(kLingerTime, [self] {
          error_code also_ignored;
          self->accepted_.socket.close(also_ignored);
        });
        self->Drain();
      });
}

// Waits until the peer has read the answer and closes, so that what it still sends does not reset
// the connection. The deadline bounds it.
void PlainSession::Drain() {
  accepted_.socket.async_read_some(boost::asio::buffer(drain_),
                                   [self = shared_from_this()](error_code error, size_t /*size*/) {
                                     if (error) return self->deadline_.Clear();
                                     self->Drain();
                                   });
}

}  // namespace koeru::server::web
