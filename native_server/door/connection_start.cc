#include "native_server/door/connection_start.h"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "native_server/door/acme_redirect.h"
#include "native_server/door/asio_endpoint.h"
#include "native_server/io/clock.h"

namespace koeru::server {
namespace {

constexpr unsigned char kTlsHandshakeRecord = 22;  // RFC 8446 section 5.1
// The longest header of HTTP is longer, but its reader goes on where this ends.
constexpr size_t kFirstBytesInside = 4096;

// A client's first message is a STUN request: the two most significant bits are 0, and no method
// is above 0xFFF. RFC 7983 section 7 gives 0 to 3 to STUN.
bool IsStun(unsigned char first) { return first <= 3; }
// Methods of HTTP begin with a capital letter.
bool IsHttp(unsigned char first) { return first >= 'A' && first <= 'Z'; }

}  // namespace

ConnectionStart::ConnectionStart(std::shared_ptr<DoorCore> core, Accepted accepted, LetsIn lets_in)
    : core_(std::move(core)),
      accepted_(std::move(accepted)),
      lets_in_(lets_in),
      deadline_(accepted_.socket.get_executor()) {}

// The half-open place is taken before the first byte: who connects and says nothing is half-open
// as well.
void ConnectionStart::Start() {
  if (lets_in_.redirect) return HandOverPlainHttp();
  deadline_.Set(core_->options.limits.handshake_time,
                [self = shared_from_this()] { self->Close(); });
  if (lets_in_.behind_proxy) return ReadProxyHeader();
  PeekAtFirstByte();
}

void ConnectionStart::ReadProxyHeader() {
  const ProxyHeader header = server::ReadProxyHeader(proxy_header_);
  if (header.missing == 0) return OnProxyHeader(header);
  const size_t there = proxy_header_.size();
  proxy_header_.resize(there + header.missing);
  boost::asio::async_read(accepted_.socket,
                          boost::asio::buffer(&proxy_header_[there], header.missing),
                          [self = shared_from_this()](error_code error, size_t /*size*/) {
                            if (error) return self->Finish();
                            self->ReadProxyHeader();
                          });
}

void ConnectionStart::OnProxyHeader(const ProxyHeader& header) {
  if (!header.error.empty()) {
    Finish();
    core_->Log(Severity::kWarning,
               absl::StrCat("closed a connection of proxy ", accepted_.source.to_string(),
                            " to port ", accepted_.local_port, ": ", header.error));
    return;
  }
  client_ = header.client;
  server_ = header.server;
  if (client_) accepted_.source = boost::asio::ip::make_address(client_->address.ToString());
  accepted_.place = core_->TakePlace(core_, SourceKey::Of(accepted_.source));
  if (accepted_.place == nullptr) return Finish();
  PeekAtFirstByte();
}

void ConnectionStart::PeekAtFirstByte() {
  half_open_ = core_->half_open.Take(SourceKey::Of(accepted_.source));
  if (!half_open_) {
    core_->refused.fetch_add(1, std::memory_order_relaxed);
    return Finish();
  }
  accepted_.socket.async_receive(
      boost::asio::buffer(first_byte_), boost::asio::socket_base::message_peek,
      [self = shared_from_this()](error_code error, size_t /*size*/) { self->OnFirstByte(error); });
}

void ConnectionStart::OnFirstByte(error_code error) {
  if (error) return Finish();
  const unsigned char first = first_byte_[0];
  if (first == kTlsHandshakeRecord && core_->tls != nullptr) return StartTls();
  Finish();
  if (IsStun(first) && lets_in_.turn) return HandOverTurn();
  if (IsHttp(first)) return lets_in_.https ? HandOverPlainHttp() : RefuseHttp();
  core_->Log(Severity::kDebug,
             absl::StrCat("closed a connection of ", accepted_.source.to_string(), " to port ",
                          accepted_.local_port, " that begins with byte ", static_cast<int>(first),
                          first == kTlsHandshakeRecord
                              ? ": TLS, and this server has no certificate (cert and pkey)"
                              : ": nothing that is served there"));
}

void ConnectionStart::StartTls() {
  handshake_began_ = Now();
  context_ = core_->tls->Current();
  stream_.emplace(std::move(accepted_.socket), context_);
  stream_->async_handshake(
      [self = shared_from_this()](error_code error) { self->OnHandshake(error); });
}

void ConnectionStart::OnHandshake(error_code error) {
  if (error) {
    Finish();
    core_->failed.fetch_add(1, std::memory_order_relaxed);
    core_->Log(Severity::kDebug, absl::StrCat("TLS handshake with ", accepted_.source.to_string(),
                                              " failed: ", error.message()));
    stream_->async_shutdown([self = shared_from_this()](error_code /*error*/) {});
    return;
  }
  core_->handshakes.Observe(Now() - handshake_began_);
  if (!stream_->alpn().empty()) {
    Finish();
    return HandOverTls();
  }
  read_.resize(kFirstBytesInside);
  stream_->async_read_some(boost::asio::buffer(read_),
                           [self = shared_from_this()](error_code read_error, size_t size) {
                             self->OnFirstBytesInside(read_error, size);
                           });
}

void ConnectionStart::OnFirstBytesInside(error_code error, size_t size) {
  Finish();
  if (error) return;
  read_.resize(size);
  HandOverTls();
}

void ConnectionStart::HandOverTls() {
  const bool is_turn = read_.empty() ? stream_->alpn().starts_with("stun.") : IsStun(read_.front());
  if (is_turn && lets_in_.turn_tls && core_->handlers.turn) {
    StreamConnection turn{.five_tuple = FiveTupleOf(stream_->next_layer(), net::Transport::kTls),
                          .listener = accepted_.listener,
                          .read = std::move(read_),
                          .place = std::move(accepted_.place)};
    TlsStream::Released released = stream_->Release();
    turn.fd = std::move(released.fd);
    turn.tls = std::move(released.engine);
    return core_->handlers.turn(std::move(turn));
  }
  if (!is_turn && lets_in_.https && core_->handlers.https) {
    return core_->handlers.https({.stream = *std::move(stream_),
                                  .source = accepted_.source,
                                  .place = std::move(accepted_.place),
                                  .local_port = accepted_.local_port,
                                  .self_signed = context_->is_self_signed(),
                                  .read = std::move(read_)});
  }
  core_->Log(
      Severity::kDebug,
      absl::StrCat("closed a TLS connection of ", accepted_.source.to_string(), ": ",
                   is_turn ? "TURN" : "HTTPS", " is not served on port ", accepted_.local_port));
  stream_->async_shutdown([self = shared_from_this()](error_code /*error*/) {});
}

void ConnectionStart::HandOverTurn() {
  if (!core_->handlers.turn) return;
  StreamConnection turn{.five_tuple = FiveTupleOf(accepted_.socket, net::Transport::kTcp),
                        .listener = accepted_.listener,
                        .place = std::move(accepted_.place)};
  error_code error;
  turn.fd = UniqueFd(accepted_.socket.release(error));
  if (error) return;
  core_->handlers.turn(std::move(turn));
}

// Somebody opened the port of a TURN server in a browser. The request is read first: closing a
// socket with something in it takes back what was sent.
void ConnectionStart::RefuseHttp() {
  read_.resize(kFirstBytesInside);
  accepted_.socket.async_read_some(boost::asio::buffer(read_),
                                   [self = shared_from_this()](error_code error, size_t size) {
                                     self->read_.resize(size);
                                     if (!error) self->AnswerHttp();
                                   });
}

void ConnectionStart::AnswerHttp() {
  // RFC 9112 section 3: method, target, version.
  const std::string_view request(reinterpret_cast<const char*>(read_.data()), read_.size());
  const std::vector<std::string_view> line =
      absl::StrSplit(request.substr(0, request.find('\r')), ' ');
  const auto challenge =
      AcmeLocation(core_->options.acme_redirect, line.size() == 3 ? line[1] : std::string_view());
  const std::string_view text =
      challenge ? "" : "This port speaks TURN (RFC 8656). Web pages are at another port, if any.\n";
  http_answer_ = absl::StrCat("HTTP/1.1 ", challenge ? "301 Moved Permanently" : "400 Bad Request",
                              challenge ? absl::StrCat("\r\nLocation: ", *challenge) : "",
                              "\r\nContent-Type: text/plain\r\nContent-Length: ", text.size(),
                              "\r\nConnection: close\r\n\r\n", text);
  boost::asio::async_write(accepted_.socket, boost::asio::buffer(http_answer_),
                           [self = shared_from_this()](error_code /*error*/, size_t /*size*/) {
                             error_code ignored;
                             self->accepted_.socket.shutdown(
                                 boost::asio::socket_base::shutdown_send, ignored);
                           });
}

void ConnectionStart::HandOverPlainHttp() {
  if (!core_->handlers.plain_http) return;
  core_->handlers.plain_http({.accepted = std::move(accepted_), .on_tls_port = !lets_in_.redirect});
}

void ConnectionStart::Finish() {
  deadline_.Clear();
  half_open_.reset();
}

void ConnectionStart::Close() {
  error_code ignored;
  if (stream_) return stream_->close();
  accepted_.socket.close(ignored);
}

net::FiveTuple ConnectionStart::FiveTupleOf(const boost::asio::ip::tcp::socket& socket,
                                            net::Transport transport) const {
  if (client_ && server_) return {{*client_}, {*server_}, transport};
  error_code gone;  // then both are unspecified, and the first read tells
  return {.client = {ToEndpoint(socket.remote_endpoint(gone))},
          .server = {ToEndpoint(socket.local_endpoint(gone))},
          .transport = transport};
}

}  // namespace koeru::server
