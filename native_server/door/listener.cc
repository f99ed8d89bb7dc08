#include "native_server/door/listener.h"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/door/asio_endpoint.h"
#include "native_server/door/connection_start.h"
#include "native_server/door/log_text.h"
#include "native_server/io/udp_socket.h"

namespace koeru::server {
namespace {

// When the process has no file descriptor left, accepting again at once would spin.
constexpr std::chrono::milliseconds kPauseAfterError{100};
// While as many connections are half open as may be.
constexpr std::chrono::milliseconds kPauseWhenFull{2};

std::string_view NameOf(const LetsIn& lets_in) {
  return lets_in.https      ? "HTTPS"
         : lets_in.redirect ? "HTTP"
         : lets_in.turn     ? "TURN over TCP"
                            : "TURN over TLS";
}

absl::Status CannotListen(const ListenEndpoint& endpoint, std::string_view kind,
                          const boost::system::error_code& error) {
  std::string remedy = "Check the address.";
  if (error == boost::asio::error::address_in_use) {
    remedy = "Another program has this port: stop it or choose another port.";
  } else if (error == boost::asio::error::access_denied) {
    remedy = "Ports below 1024 need root or CAP_NET_BIND_SERVICE: choose a higher port.";
  }
  return absl::UnavailableError(absl::StrCat("cannot listen for ", kind, " on \"",
                                             Escaped(endpoint.address), "\" port ", endpoint.port,
                                             ": ", error.message(), ". ", remedy));
}

}  // namespace

DoorListener::DoorListener(boost::asio::io_context& io, std::shared_ptr<DoorCore> core,
                           LetsIn lets_in)
    : io_(io),
      core_(std::move(core)),
      lets_in_(lets_in),
      acceptor_(boost::asio::make_strand(io)),
      pause_(acceptor_.get_executor()) {}

absl::Status DoorListener::Open(const ListenEndpoint& endpoint) {
  const std::string_view kind = NameOf(lets_in_);
  error_code error;
  const auto address = boost::asio::ip::make_address(endpoint.address, error);
  if (error) return CannotListen(endpoint, kind, error);
  const tcp::endpoint local(address, endpoint.port);
  acceptor_.open(local.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  // Each family has its own socket, so that "::" and "0.0.0.0" do not get into each other's way.
  if (!error && address.is_v6()) acceptor_.set_option(boost::asio::ip::v6_only(true), error);
  if (!error && !BindToDevice(acceptor_.native_handle(), core_->options.device)) {
    error.assign(errno, boost::system::system_category());
  }
  if (!error) acceptor_.bind(local, error);
  if (!error) acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
  if (error) return CannotListen(endpoint, kind, error);
  local_ = ToEndpoint(acceptor_.local_endpoint(error));
  port_ = local_.port;
  return absl::OkStatus();
}

void DoorListener::Start() { Accept(); }

void DoorListener::Stop() {
  boost::asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
    error_code ignored;
    self->acceptor_.close(ignored);
    self->pause_.cancel();
  });
}

// A thousand handshakes that begin at once wait in the kernel's backlog until it is their turn.
void DoorListener::Accept() {
  if (!acceptor_.is_open()) return;
  if (core_->half_open.taken() >= core_->options.limits.half_open)
    return AcceptAfter(kPauseWhenFull);
  // Each connection has a strand of its own.
  acceptor_.async_accept(boost::asio::make_strand(io_), [self = shared_from_this()](
                                                            error_code error, tcp::socket socket) {
    boost::asio::dispatch(self->acceptor_.get_executor(),
                          [self, error, socket = std::move(socket)]() mutable {
                            self->OnAccept(error, std::move(socket));
                          });
  });
}

void DoorListener::OnAccept(error_code error, tcp::socket socket) {
  if (error == boost::asio::error::operation_aborted) return;
  if (error) {
    core_->Log(Severity::kWarning,
               absl::StrCat("cannot accept a connection: ", error.message(),
                            ". If this goes on, raise the limit of open files (ulimit -n)."));
    return AcceptAfter(kPauseAfterError);
  }
  Admit(std::move(socket));
  Accept();
}

void DoorListener::AcceptAfter(std::chrono::milliseconds time) {
  pause_.expires_after(time);
  pause_.async_wait([self = shared_from_this()](error_code) { self->Accept(); });
}

bool DoorListener::IsProxy(const tcp::endpoint& peer) const {
  const net::Address address = ToEndpoint(peer).address;
  const auto& proxies = core_->options.proxies;
  const bool known = std::any_of(proxies.begin(), proxies.end(), [&](const net::Prefix& prefix) {
    return prefix.Contains(address);
  });
  if (!known) {
    core_->Log(Severity::kWarning,
               absl::StrCat("closed a connection of ", address.ToString(), " to port ", port_,
                            ", where only proxies get in: if it is one, write tcp-proxy-source=",
                            address.ToString()));
  }
  return known;
}

void DoorListener::Admit(tcp::socket socket) {
  error_code error;
  const tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) return;  // gone already
  std::shared_ptr<const void> place;
  if (lets_in_.behind_proxy) {
    // Who it is and whether there is a place for him is known after the header.
    if (!IsProxy(peer)) return;
  } else {
    place = core_->TakePlace(core_, SourceKey::Of(peer.address()));
    if (place == nullptr) return;
  }
  socket.set_option(tcp::no_delay(true), error);
  const auto executor = socket.get_executor();
  auto start = std::make_shared<ConnectionStart>(
      core_, Accepted{std::move(socket), peer.address(), std::move(place), port_, local_},
      lets_in_);
  boost::asio::dispatch(executor, [start] { start->Start(); });
}

}  // namespace koeru::server
