#include "native_server/tls/tls_connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace koeru::server {

TlsConnection::TlsConnection(boost::asio::ip::tcp::socket new_socket,
                             std::shared_ptr<const TlsContext> context,
                             const std::string& server_name)
    : socket(std::move(new_socket)),
      engine(std::make_unique<TlsEngine>(std::move(context), server_name)),
      flushed(socket.get_executor(), boost::asio::steady_timer::time_point::max()),
      end_(socket.get_executor()) {}

void TlsConnection::StartFlush() {
  if (flushing_ || !engine->has_output()) return;
  if (flush_error) {  // nobody will ever read it
    engine->TakeOutput(sending_);
    sending_.clear();
    return;
  }
  flushing_ = true;
  engine->TakeOutput(sending_);
  boost::asio::async_write(socket, boost::asio::buffer(sending_),
                           [self = shared_from_this()](boost::system::error_code error, size_t) {
                             self->OnFlushed(error);
                           });
}

void TlsConnection::OnFlushed(boost::system::error_code error) {
  flushing_ = false;
  sending_.clear();
  if (error) flush_error = error;
  StartFlush();
  if (!flushing_) flushed.cancel();
}

void TlsConnection::Close() {
  boost::system::error_code ignored;
  socket.close(ignored);
  end_.cancel();
}

void TlsConnection::CloseAfter(std::chrono::milliseconds time) {
  end_.expires_after(time);
  end_.async_wait([self = shared_from_this()](boost::system::error_code error) {
    if (!error) self->Close();
  });
}

}  // namespace koeru::server
