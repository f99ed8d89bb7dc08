#include "native_server/web/websocket_session.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <utility>

namespace koeru::server::web {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

namespace {

constexpr std::chrono::seconds kHandshakeTime{10};  // for the upgrade and for closing
constexpr std::chrono::seconds kCloseTime{5};       // a hard end, also when nobody reads
constexpr size_t kReadAtOnce = 16 * 1024;
// A client closes with it that goes on with another connection (RFC 6455 §7.4.2: private use).
constexpr uint16_t kComingBack = 4000;

websocket::close_reason Reason(CloseCode code) {
  switch (code) {
    case CloseCode::kGoingAway:
      return {websocket::close_code(code), "the server stops"};
    case CloseCode::kPolicyViolation:
      return {websocket::close_code(code), "see the error before"};
    case CloseCode::kTooBig:
      return {websocket::close_code(code), "the message is too large"};
    case CloseCode::kTryAgainLater:
      return {websocket::close_code(code), "you read too slowly"};
  }
  return {websocket::close_code(code), ""};
}

}  // namespace

WebSocketSession::WebSocketSession(std::shared_ptr<WebCore> core, TlsStream stream,
                                   boost::asio::ip::address source,
                                   std::shared_ptr<const void> place)
    : core_(std::move(core)),
      place_(std::move(place)),
      source_(SourceKey::Of(source)),
      socket_(std::move(stream)),
      deadline_(socket_.get_executor()) {}

WebSocketSession::~WebSocketSession() { LeaveHub(); }

void WebSocketSession::Start(UpgradeRequest request) {
  const WebLimits& limits = core_->options.limits;
  request_ = std::move(request);
  // Frames above 64 KiB are read on so that the client can be told why it is closed; above this
  // Beast closes with 1009 as soon as it sees the length.
  socket_.read_message_max(limits.websocket_frame_bytes);
  socket_.set_option(websocket::stream_base::timeout{kHandshakeTime, limits.websocket_idle_time,
                                                     /*keep_alive_pings=*/true});
  socket_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
    response.set(http::field::server, "koeru-relay");
    response.set(http::field::sec_websocket_protocol, "koeru.signal.v1");
  }));
  socket_.text(true);
  socket_.async_accept(
      request_, beast::bind_front_handler(&WebSocketSession::OnAccepted, shared_from_this()));
}

void WebSocketSession::OnAccepted(error_code error) {
  request_ = {};
  if (error) {
    core_->Log(Severity::kDebug, "WebSocket upgrade failed: " + error.message());
    return;
  }
  id_ = core_->hub.Connect(weak_from_this(), source_);
  Read();
}

void WebSocketSession::Read() {
  socket_.async_read_some(
      buffer_, kReadAtOnce,
      [self = shared_from_this()](error_code error, size_t /*size*/) { self->OnRead(error); });
}

void WebSocketSession::OnRead(error_code error) {
  if (error) {
    // RFC 6455 §7.1.7: for a frame without a mask, for text that is not UTF-8 and the like, Beast
    // has already failed the connection with the right code.
    if (error != websocket::error::closed) {
      core_->Log(Severity::kDebug, "WebSocket ended: " + error.message());
    }
    // Who closes leaves; who vanishes may come back.
    const bool is_left = error == websocket::error::closed && socket_.reason().code != kComingBack;
    if (is_left) {
      LeaveHub();
    } else {
      LoseHub();
    }
    deadline_.Clear();
    return;
  }
  if (closing_ || close_after_queue_) {
    buffer_.clear();
  } else if (!socket_.got_text()) {
    LeaveHub();
    Close({websocket::close_code::unknown_data, "text only"});
    buffer_.clear();
  } else if (buffer_.size() > core_->options.limits.rooms.message_bytes) {
    core_->hub.OnTooLarge(*id_);
    buffer_.clear();
  } else if (socket_.is_message_done()) {
    const auto data = buffer_.cdata();
    core_->hub.OnText(*id_, {static_cast<const char*>(data.data()), data.size()});
    buffer_.clear();
  }
  Read();
}

void WebSocketSession::Deliver(std::shared_ptr<const std::string> text,
                               std::optional<CloseCode> close) {
  boost::asio::post(socket_.get_executor(),
                    [self = shared_from_this(), text = std::move(text), close]() mutable {
                      self->Enqueue(std::move(text), close);
                    });
}

void WebSocketSession::Enqueue(std::shared_ptr<const std::string> text,
                               std::optional<CloseCode> close) {
  if (closing_ || close_after_queue_) return;
  const WebLimits& limits = core_->options.limits;
  if (text != nullptr) {
    if (queue_.size() >= limits.websocket_queue_messages ||
        queued_bytes_ + text->size() > limits.websocket_queue_bytes) {
      // It does not read, so it cannot be waited for: the others go on without it.
      core_->Log(Severity::kInfo, "closed a WebSocket that reads too slowly");
      LeaveHub();
      return Close(Reason(CloseCode::kTryAgainLater));
    }
    queued_bytes_ += text->size();
    queue_.push_back(std::move(text));
  }
  close_after_queue_ = close;
  if (!writing_) WriteNext();
}

void WebSocketSession::WriteNext() {
  if (closing_) return;
  if (queue_.empty()) {
    if (close_after_queue_) Close(Reason(*close_after_queue_));
    return;
  }
  writing_ = true;
  socket_.async_write(
      boost::asio::buffer(*queue_.front()),
      [self = shared_from_this()](error_code error, size_t /*size*/) { self->OnWritten(error); });
}

void WebSocketSession::OnWritten(error_code error) {
  writing_ = false;
  queued_bytes_ -= queue_.front()->size();
  queue_.pop_front();
  if (error) return;  // the pending read ends with an error of its own
  WriteNext();
}

void WebSocketSession::Close(websocket::close_reason reason) {
  if (closing_) return;
  closing_ = true;
  deadline_.Set(kCloseTime, [self = shared_from_this()] { self->socket_.next_layer().close(); });
  socket_.async_close(reason, [self = shared_from_this()](error_code /*error*/) {
    self->LeaveHub();
    self->deadline_.Clear();
  });
}

void WebSocketSession::LeaveHub() {
  if (id_) core_->hub.Disconnect(*std::exchange(id_, std::nullopt));
}

void WebSocketSession::LoseHub() {
  if (id_) core_->hub.Lose(*std::exchange(id_, std::nullopt));
}

}  // namespace koeru::server::web
