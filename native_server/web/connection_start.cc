#include "native_server/web/connection_start.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/web/http_session.h"
#include "native_server/web/plain_session.h"

namespace koeru::server::web {
namespace {

constexpr unsigned char kTlsHandshakeRecord = 22;  // RFC 8446 §5.1

}  // namespace

ConnectionStart::ConnectionStart(std::shared_ptr<WebCore> core, Accepted accepted,
                                 uint16_t local_port)
    : core_(std::move(core)),
      accepted_(std::move(accepted)),
      local_port_(local_port),
      deadline_(accepted_.socket.get_executor()) {}

// The half-open place is taken before the first byte: who connects and says nothing is half-open
// as well.
void ConnectionStart::Start() {
  half_open_ = core_->half_open.Take(SourceKey::Of(accepted_.source));
  if (!half_open_) return;
  deadline_.Set(core_->options.limits.handshake_time, [self = shared_from_this()] {
    error_code ignored;
    if (self->stream_) return self->stream_->close();
    self->accepted_.socket.close(ignored);
  });
  accepted_.socket.async_receive(
      boost::asio::buffer(first_byte_), boost::asio::socket_base::message_peek,
      [self = shared_from_this()](error_code error, size_t /*size*/) { self->OnFirstByte(error); });
}

void ConnectionStart::OnFirstByte(error_code error) {
  if (error) return deadline_.Clear();
  if (first_byte_[0] == kTlsHandshakeRecord) return StartTls();
  deadline_.Clear();
  half_open_.reset();
  // People type "http://host:8443": methods of HTTP begin with a capital letter.
  if (first_byte_[0] < 'A' || first_byte_[0] > 'Z') return;
  std::make_shared<PlainSession>(core_, std::move(accepted_), local_port_)->Start();
}

void ConnectionStart::StartTls() {
  context_ = core_->tls->Current();
  stream_.emplace(std::move(accepted_.socket), context_);
  stream_->async_handshake(
      [self = shared_from_this()](error_code error) { self->OnHandshake(error); });
}

void ConnectionStart::OnHandshake(error_code error) {
  deadline_.Clear();
  half_open_.reset();
  if (error) {
    core_->Log(Severity::kDebug, absl::StrCat("TLS handshake with ", accepted_.source.to_string(),
                                              " failed: ", error.message()));
    stream_->async_shutdown([self = shared_from_this()](error_code /*error*/) {});
    return;
  }
  std::make_shared<HttpSession>(core_, *std::move(stream_), accepted_.source, local_port_,
                                !context_->is_self_signed(), std::move(accepted_.place))
      ->Start();
  stream_.reset();
}

}  // namespace koeru::server::web
