#include "native_server/http/small_server.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using error_code = boost::system::error_code;
using Tcp = asio::ip::tcp;
using Unix = asio::local::stream_protocol;
using AnyStream = asio::generic::stream_protocol;

constexpr int kMaxConnections = 32;  // further ones are closed at once
constexpr uint32_t kMaxHeaderBytes = 8 * 1024;
constexpr std::chrono::seconds kTimeForARequest{10};
// When the process has no file descriptor left, accepting again at once would spin.
constexpr std::chrono::milliseconds kPauseAfterError{100};

std::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

// One connection: reads a request, answers it, ends.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(AnyStream::socket socket, const SmallServer::Handler& handler, int& connections)
      : stream_(std::move(socket)), handler_(handler), connections_(connections) {
    ++connections_;
  }
  ~Session() { --connections_; }

  void Start() {
    stream_.expires_after(kTimeForARequest);
    parser_.header_limit(kMaxHeaderBytes);
    http::async_read_header(stream_, buffer_, parser_,
                            [self = shared_from_this()](error_code error, size_t) {
                              if (!error) self->Answer();
                            });
  }

 private:
  void Answer() {
    const auto& request = parser_.get();
    const SmallReply reply = handler_({.method = View(request.method_string()),
                                       .target = View(request.target()),
                                       .authorization = View(request[http::field::authorization])});
    response_.version(11);
    response_.result(static_cast<unsigned>(reply.status));
    response_.set(http::field::content_type, reply.content_type);
    response_.set(http::field::cache_control, "no-store");
    response_.set("X-Content-Type-Options", "nosniff");
    if (reply.status == 401) response_.set(http::field::www_authenticate, "Bearer");
    response_.keep_alive(false);
    response_.content_length(reply.body.size());
    if (request.method() != http::verb::head) response_.body() = reply.body;
    stream_.expires_after(kTimeForARequest);
    http::async_write(stream_, response_, [self = shared_from_this()](error_code, size_t) {
      error_code ignored;
      self->stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
    });
  }

  beast::basic_stream<AnyStream> stream_;
  const SmallServer::Handler& handler_;
  int& connections_;
  beast::flat_buffer buffer_{kMaxHeaderBytes};
  http::request_parser<http::empty_body> parser_;
  http::response<http::string_body> response_;
};

absl::Status CannotListen(const error_code& error) {
  return absl::UnavailableError(error.message());
}

}  // namespace

struct SmallServer::State {
  explicit State(Handler request_handler)
      : handler(std::move(request_handler)), tcp(io), local(io), pause(io) {}

  template <typename Protocol>
  void Accept(asio::basic_socket_acceptor<Protocol>& acceptor);
  template <typename Protocol>
  void OnAccept(asio::basic_socket_acceptor<Protocol>& acceptor, error_code error,
                typename Protocol::socket socket);

  const Handler handler;
  int connections = 0;  // before `io`, whose end ends the sessions
  asio::io_context io{1};
  Tcp::acceptor tcp;  // one of the two is open
  Unix::acceptor local;
  asio::steady_timer pause;
  std::string path;  // of the Unix socket
  uint16_t port = 0;
  std::thread thread;
};

template <typename Protocol>
void SmallServer::State::Accept(asio::basic_socket_acceptor<Protocol>& acceptor) {
  acceptor.async_accept([this, &acceptor](error_code error, typename Protocol::socket socket) {
    OnAccept(acceptor, error, std::move(socket));
  });
}

template <typename Protocol>
void SmallServer::State::OnAccept(asio::basic_socket_acceptor<Protocol>& acceptor, error_code error,
                                  typename Protocol::socket socket) {
  if (error == asio::error::operation_aborted) return;
  if (error) {
    pause.expires_after(kPauseAfterError);
    pause.async_wait([this, &acceptor](error_code stopped) {
      if (!stopped) Accept(acceptor);
    });
    return;
  }
  if (connections < kMaxConnections) {
    std::make_shared<Session>(std::move(socket), handler, connections)->Start();
  }
  Accept(acceptor);
}

absl::StatusOr<std::unique_ptr<SmallServer>> SmallServer::ListenTcp(const std::string& address,
                                                                    uint16_t port,
                                                                    Handler handler) {
  auto state = std::make_unique<State>(std::move(handler));
  Tcp::acceptor& acceptor = state->tcp;
  error_code error;
  const auto ip = asio::ip::make_address(address, error);
  const Tcp::endpoint local(ip, port);
  if (!error) acceptor.open(local.protocol(), error);
  if (!error) acceptor.set_option(Tcp::acceptor::reuse_address(true), error);
  if (!error && ip.is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
  if (!error) acceptor.bind(local, error);
  if (!error) acceptor.listen(kMaxConnections, error);
  if (error) return CannotListen(error);
  state->port = acceptor.local_endpoint(error).port();
  state->Accept(acceptor);
  return std::unique_ptr<SmallServer>(new SmallServer(std::move(state)));
}

absl::StatusOr<std::unique_ptr<SmallServer>> SmallServer::ListenUnix(const std::string& path,
                                                                     Handler handler) {
  auto state = std::make_unique<State>(std::move(handler));
  Unix::acceptor& acceptor = state->local;
  if (path.size() >= sizeof(sockaddr_un::sun_path)) {
    return absl::InvalidArgumentError(absl::StrCat("the path of a socket may have ",
                                                   sizeof(sockaddr_un::sun_path) - 1, " bytes"));
  }
  const Unix::endpoint local(path);
  error_code error;
  struct stat there = {};
  if (::lstat(path.c_str(), &there) == 0) {
    if (!S_ISSOCK(there.st_mode)) return absl::AlreadyExistsError("there is a file of that name");
    Unix::socket probe(state->io);
    probe.connect(local, error);
    if (!error) return absl::AlreadyExistsError("another server listens there");
    ::unlink(path.c_str());
    error.clear();
  }
  acceptor.open(local.protocol(), error);
  // Nobody else may connect, not even between bind and chmod.
  const mode_t before = ::umask(0177);
  if (!error) acceptor.bind(local, error);
  ::umask(before);
  if (!error) acceptor.listen(kMaxConnections, error);
  if (error) return CannotListen(error);
  state->path = path;
  state->Accept(acceptor);
  return std::unique_ptr<SmallServer>(new SmallServer(std::move(state)));
}

SmallServer::SmallServer(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->thread = std::thread([raw = state_.get()] { raw->io.run(); });
}

SmallServer::~SmallServer() {
  state_->io.stop();
  state_->thread.join();
  if (!state_->path.empty()) ::unlink(state_->path.c_str());
}

uint16_t SmallServer::port() const { return state_->port; }

}  // namespace koeru::server
