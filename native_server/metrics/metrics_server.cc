#include "native_server/metrics/metrics_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using error_code = boost::system::error_code;

constexpr int kMaxConnections = 32;  // further ones are closed at once
constexpr uint32_t kMaxHeaderBytes = 8 * 1024;
constexpr std::chrono::seconds kTimeForARequest{10};
// When the process has no file descriptor left, accepting again at once would spin.
constexpr std::chrono::milliseconds kPauseAfterError{100};

std::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

// One connection: reads a request, answers it, ends.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const MetricsOptions& options, int& connections)
      : stream_(std::move(socket)), options_(options), connections_(connections) {
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
    const MetricsReply reply =
        AnswerMetricsRequest(options_, View(request.method_string()), View(request.target()),
                             View(request[http::field::authorization]));
    response_.version(11);
    response_.result(static_cast<unsigned>(reply.status));
    response_.set(http::field::content_type, reply.content_type);
    response_.set(http::field::cache_control, "no-store");
    response_.set("X-Content-Type-Options", "nosniff");
    if (reply.status == 401) response_.set(http::field::www_authenticate, "Bearer");
    response_.keep_alive(false);
    response_.content_length(reply.body.size());
    if (request.method() != http::verb::head) response_.body() = reply.body;
    http::async_write(stream_, response_, [self = shared_from_this()](error_code, size_t) {
      error_code ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }

  beast::tcp_stream stream_;
  const MetricsOptions& options_;
  int& connections_;
  beast::flat_buffer buffer_{kMaxHeaderBytes};
  http::request_parser<http::empty_body> parser_;
  http::response<http::string_body> response_;
};

absl::Status CannotListen(const MetricsOptions& options, const error_code& error) {
  return absl::UnavailableError(absl::StrCat(
      "cannot listen for metrics on ", options.address, " port ", options.port, ": ",
      error.message(), "; choose another one with prometheus-address and prometheus-port"));
}

}  // namespace

struct MetricsServer::State {
  explicit State(MetricsOptions metrics_options)
      : options(std::move(metrics_options)), acceptor(io), pause(io) {}

  absl::Status Listen();
  void Accept();
  void OnAccept(error_code error, tcp::socket socket);

  const MetricsOptions options;
  int connections = 0;  // before `io`, whose end ends the sessions
  asio::io_context io{1};
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  uint16_t port = 0;
  std::thread thread;
};

absl::Status MetricsServer::State::Listen() {
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  const tcp::endpoint local(address, options.port);
  if (!error) acceptor.open(local.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && address.is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
  if (!error) acceptor.bind(local, error);
  if (!error) acceptor.listen(kMaxConnections, error);
  if (error) return CannotListen(options, error);
  port = acceptor.local_endpoint(error).port();
  return absl::OkStatus();
}

void MetricsServer::State::Accept() {
  acceptor.async_accept(
      [this](error_code error, tcp::socket socket) { OnAccept(error, std::move(socket)); });
}

void MetricsServer::State::OnAccept(error_code error, tcp::socket socket) {
  if (error == asio::error::operation_aborted) return;
  if (error) {
    pause.expires_after(kPauseAfterError);
    pause.async_wait([this](error_code stopped) {
      if (!stopped) Accept();
    });
    return;
  }
  if (connections < kMaxConnections) {
    std::make_shared<Session>(std::move(socket), options, connections)->Start();
  }
  Accept();
}

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(MetricsOptions options) {
  auto state = std::make_unique<State>(std::move(options));
  if (absl::Status status = state->Listen(); !status.ok()) return status;
  state->Accept();
  state->thread = std::thread([raw = state.get()] { raw->io.run(); });
  return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(state)));
}

MetricsServer::MetricsServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

MetricsServer::~MetricsServer() {
  state_->io.stop();
  state_->thread.join();
}

uint16_t MetricsServer::port() const { return state_->port; }

}  // namespace koeru::server
