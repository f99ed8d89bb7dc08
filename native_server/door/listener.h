// DoorListener: accepts connections on one endpoint, within the limits.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "absl/status/status.h"
#include "native_server/door/door_core.h"

namespace koeru::server {

class DoorListener : public std::enable_shared_from_this<DoorListener> {
 public:
  DoorListener(boost::asio::io_context& io, std::shared_ptr<DoorCore> core, LetsIn lets_in);

  absl::Status Open(const ListenEndpoint& endpoint);
  uint16_t port() const { return port_; }

  void Start();
  void Stop();  // from any thread

 private:
  using tcp = boost::asio::ip::tcp;
  using error_code = boost::system::error_code;

  void Accept();
  void AcceptAfter(std::chrono::milliseconds time);
  void OnAccept(error_code error, tcp::socket socket);
  void Admit(tcp::socket socket);
  bool IsProxy(const tcp::endpoint& peer) const;

  boost::asio::io_context& io_;
  const std::shared_ptr<DoorCore> core_;
  const LetsIn lets_in_;
  tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  net::Endpoint local_;  // as it was bound
  uint16_t port_ = 0;
};

}  // namespace koeru::server
