// Listener: accepts connections on one endpoint, within the limits.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "absl/status/status.h"
#include "native_server/web/web_core.h"

namespace koeru::server::web {

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  enum class Kind { kHttps, kRedirect };

  Listener(boost::asio::io_context& io, std::shared_ptr<WebCore> core, Kind kind);

  absl::Status Open(const ListenEndpoint& endpoint);
  uint16_t port() const { return port_; }
  // For kRedirect: where to.
  void set_https_port(uint16_t port) { https_port_ = port; }

  void Start();
  void Stop();  // from any thread

 private:
  using tcp = boost::asio::ip::tcp;
  using error_code = boost::system::error_code;

  void Accept();
  void OnAccept(error_code error, tcp::socket socket);
  void Admit(tcp::socket socket);

  boost::asio::io_context& io_;
  const std::shared_ptr<WebCore> core_;
  const Kind kind_;
  tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  uint16_t port_ = 0;
  uint16_t https_port_ = 0;
};

}  // namespace koeru::server::web
