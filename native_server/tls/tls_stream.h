// TlsStream: a TCP socket that speaks TLS, in the shape Asio and Beast expect of a stream
// (AsyncReadStream, AsyncWriteStream), so boost::beast::http and websocket run on top of it.
//
//   TlsStream stream(std::move(socket), context);
//   stream.async_handshake([&](error_code error) { ... });
//   boost::asio::async_read(stream, buffer, ...);
//
// Rules: everything about one stream runs on its socket's executor, which must be a strand or an
// io_context with one thread; at most one read and one write at a time; a read buffer must stay
// valid until its completion. Handshake, reads and writes have no clock of their own: close() the
// stream when a deadline passes, and the pending operations end with an error.
//
// async_shutdown says good-bye (RFC 8446 §6.1 close_notify, then a TCP FIN) and reads away what
// the peer still sends, so that a late packet does not reset the connection before the peer has
// read the answer. It ends by itself: after kLingerTime or 256 KiB the socket is closed.
#pragma once

#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/role.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "native_server/io/unique_fd.h"
#include "native_server/tls/tls_connection.h"
#include "native_server/tls/tls_stream_ops.h"

namespace koeru::server {

class TlsStream {
 public:
  using next_layer_type = boost::asio::ip::tcp::socket;
  using lowest_layer_type = boost::asio::ip::tcp::socket;
  using executor_type = next_layer_type::executor_type;
  using error_code = boost::system::error_code;
  static constexpr std::chrono::milliseconds kLingerTime{2'000};

  TlsStream(boost::asio::ip::tcp::socket socket, std::shared_ptr<const TlsContext> context,
            const std::string& server_name = {})
      : connection_(
            std::make_shared<TlsConnection>(std::move(socket), std::move(context), server_name)) {}
  TlsStream(TlsStream&&) = default;
  TlsStream& operator=(TlsStream&&) = delete;
  ~TlsStream() {
    if (connection_ != nullptr) connection_->Close();
  }

  executor_type get_executor() { return connection_->socket.get_executor(); }
  next_layer_type& next_layer() { return connection_->socket; }
  const next_layer_type& next_layer() const { return connection_->socket; }
  lowest_layer_type& lowest_layer() { return connection_->socket; }
  const lowest_layer_type& lowest_layer() const { return connection_->socket; }

  // Facts of the finished handshake.
  std::string_view alpn() const { return connection_->engine->alpn(); }
  std::string_view version() const { return connection_->engine->version(); }
  std::string_view cipher_suite() const { return connection_->engine->cipher_suite(); }

  // Lets go of socket and engine, for an event loop that is not Asio's. No operation may be under
  // way, and nothing may be done with the stream afterwards.
  struct Released {
    UniqueFd fd;  // does not block
    std::unique_ptr<TlsEngine> engine;
  };
  Released Release() {
    error_code ignored;  // without a socket the first read fails, and that is told then
    connection_->socket.native_non_blocking(true, ignored);
    return {UniqueFd(connection_->socket.release(ignored)), std::move(connection_->engine)};
  }

  // Ends everything at once, without a good-bye.
  void close() { connection_->Close(); }

  template <typename CompletionToken>  // void(error_code)
  auto async_handshake(CompletionToken&& token) {
    return boost::asio::async_compose<CompletionToken, void(error_code)>(
        tls_internal::HandshakeOp{{connection_}}, token, connection_->socket);
  }

  template <typename MutableBufferSequence, typename CompletionToken>  // void(error_code, size_t)
  auto async_read_some(const MutableBufferSequence& buffers, CompletionToken&& token) {
    return boost::asio::async_compose<CompletionToken, void(error_code, size_t)>(
        tls_internal::ReadOp{{connection_}, tls_internal::FirstOf<uint8_t>(buffers)}, token,
        connection_->socket);
  }

  template <typename ConstBufferSequence, typename CompletionToken>  // void(error_code, size_t)
  auto async_write_some(const ConstBufferSequence& buffers, CompletionToken&& token) {
    return boost::asio::async_compose<CompletionToken, void(error_code, size_t)>(
        tls_internal::WriteOp{{connection_}, tls_internal::Gather(buffers, connection_->gathered)},
        token, connection_->socket);
  }

  template <typename CompletionToken>  // void(error_code)
  auto async_shutdown(CompletionToken&& token) {
    connection_->CloseAfter(kLingerTime);
    return boost::asio::async_compose<CompletionToken, void(error_code)>(
        tls_internal::ShutdownOp{{connection_}}, token, connection_->socket);
  }

 private:
  std::shared_ptr<TlsConnection> connection_;
};

// What Beast's WebSocket calls to end the layer below it.
template <typename Handler>
void async_teardown(boost::beast::role_type /*role*/, TlsStream& stream, Handler&& handler) {
  stream.async_shutdown(std::forward<Handler>(handler));
}

}  // namespace koeru::server
