// The shared half of a TlsStream: socket, engine and the flusher that sends what the engine
// produces. Only for tls_stream*.h; use TlsStream.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <vector>

#include "native_server/tls/tls_engine.h"

namespace koeru::server {

// All of it runs on the executor of the socket, which must not run two handlers at a time.
class TlsConnection : public std::enable_shared_from_this<TlsConnection> {
 public:
  TlsConnection(boost::asio::ip::tcp::socket new_socket, std::shared_ptr<const TlsContext> context,
                const std::string& server_name);

  // Starts to send the engine's output unless that is under way. Whoever waits for it uses
  // `flushed`, a timer that never expires and is cancelled when the output is out.
  void StartFlush();
  bool flush_finished() const { return !flushing_ && !engine->has_output(); }
  void Close();
  // From now on the connection lives at most this long.
  void CloseAfter(std::chrono::milliseconds time);

  boost::asio::ip::tcp::socket socket;
  std::unique_ptr<TlsEngine> engine;  // null once it was released
  boost::asio::steady_timer flushed;
  boost::system::error_code flush_error;
  std::vector<uint8_t> gathered;  // the data of the one write that may be under way

 private:
  void OnFlushed(boost::system::error_code error);

  boost::asio::steady_timer end_;
  std::vector<uint8_t> sending_;
  bool flushing_ = false;
};

}  // namespace koeru::server
