#include "native_server/web/listener.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/web/connection_start.h"
#include "native_server/web/log_text.h"
#include "native_server/web/plain_session.h"

namespace koeru::server::web {
namespace {

// When the process has no file descriptor left, accepting again at once would spin.
constexpr std::chrono::milliseconds kPauseAfterError{100};

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

Listener::Listener(boost::asio::io_context& io, std::shared_ptr<WebCore> core, Kind kind)
    : io_(io),
      core_(std::move(core)),
      kind_(kind),
      acceptor_(boost::asio::make_strand(io)),
      pause_(acceptor_.get_executor()) {}

absl::Status Listener::Open(const ListenEndpoint& endpoint) {
  const std::string_view kind = kind_ == Kind::kHttps ? "HTTPS" : "HTTP";
  error_code error;
  const auto address = boost::asio::ip::make_address(endpoint.address, error);
  if (error) return CannotListen(endpoint, kind, error);
  const tcp::endpoint local(address, endpoint.port);
  acceptor_.open(local.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  // Each family has its own socket, so that "::" and "0.0.0.0" do not get into each other's way.
  if (!error && address.is_v6()) acceptor_.set_option(boost::asio::ip::v6_only(true), error);
  if (!error) acceptor_.bind(local, error);
  if (!error) acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
  if (error) return CannotListen(endpoint, kind, error);
  port_ = acceptor_.local_endpoint(error).port();
  return absl::OkStatus();
}

void Listener::Start() { Accept(); }

void Listener::Stop() {
  boost::asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
    error_code ignored;
    self->acceptor_.close(ignored);
    self->pause_.cancel();
  });
}

void Listener::Accept() {
  if (!acceptor_.is_open()) return;
  // Each connection has a strand of its own.
  acceptor_.async_accept(boost::asio::make_strand(io_), [self = shared_from_this()](
                                                            error_code error, tcp::socket socket) {
    boost::asio::dispatch(self->acceptor_.get_executor(),
                          [self, error, socket = std::move(socket)]() mutable {
                            self->OnAccept(error, std::move(socket));
                          });
  });
}

void Listener::OnAccept(error_code error, tcp::socket socket) {
  if (error == boost::asio::error::operation_aborted) return;
  if (error) {
    core_->Log(Severity::kWarning,
               absl::StrCat("cannot accept a connection: ", error.message(),
                            ". If this goes on, raise the limit of open files (ulimit -n)."));
    pause_.expires_after(kPauseAfterError);
    pause_.async_wait([self = shared_from_this()](error_code) { self->Accept(); });
    return;
  }
  Admit(std::move(socket));
  Accept();
}

void Listener::Admit(tcp::socket socket) {
  error_code error;
  const tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) return;  // gone already
  const SourceKey source = SourceKey::Of(peer.address());
  // At a limit the connection is closed without a word: an answer would cost more than it helps.
  if (core_->connects.TakeOrWait(source, std::chrono::steady_clock::now())) return;
  std::optional<SourceQuota::Lease> place = core_->connections.Take(source);
  if (!place) return;
  socket.set_option(tcp::no_delay(true), error);
  const auto executor = socket.get_executor();
  Accepted accepted{std::move(socket), peer.address(), *std::move(place)};
  if (kind_ == Kind::kHttps) {
    auto start = std::make_shared<ConnectionStart>(core_, std::move(accepted), port_);
    boost::asio::dispatch(executor, [start] { start->Start(); });
  } else {
    auto session = std::make_shared<PlainSession>(core_, std::move(accepted), https_port_);
    boost::asio::dispatch(executor, [session] { session->Start(); });
  }
}

}  // namespace koeru::server::web
