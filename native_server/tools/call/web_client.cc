#include "native_server/tools/call/web_client.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>

#include "absl/strings/str_cat.h"
#include "native_server/io/clock.h"
#include "native_server/tls/tls_stream.h"

namespace koeru::tools {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using server::Now;
using server::TlsStream;

constexpr std::string_view kSubprotocol = "koeru.signal.v1";
// Of /ice-servers.
constexpr uint64_t kLargestBody = 64 << 10;

asio::ip::tcp::endpoint ToAsio(const net::Endpoint& endpoint) {
  boost::system::error_code ignored;  // it is an address, only written in another way
  return {asio::ip::make_address(endpoint.address.ToString(), ignored), endpoint.port};
}

// A step that ends in an error_code: starts it, runs it, and ends the stream where time is over.
template <typename Start>
absl::StatusOr<error_code> Do(asio::io_context& io, TlsStream& stream, net::Instant deadline,
                              Start start) {
  // Shared, because what is cancelled may end later.
  const auto result = std::make_shared<std::optional<error_code>>();
  start([result](const error_code& error, auto&&...) { *result = error; });
  const auto is_done = [&] { return result->has_value(); };
  if (RunUntil(io, deadline, is_done)) return **result;
  stream.close();
  RunUntil(io, Now() + std::chrono::seconds(1), is_done);
  return absl::DeadlineExceededError("no answer in time");
}

// TCP and TLS.
absl::Status Connect(asio::io_context& io, TlsStream& stream, const WebClient::Options& options,
                     net::Instant deadline) {
  if (options.local) {
    error_code failed;
    const auto local = ToAsio({*options.local, 0});
    stream.next_layer().open(local.protocol(), failed);
    if (!failed) stream.next_layer().bind(local, failed);
    if (failed) return absl::UnavailableError(failed.message());
  }
  auto error = Do(io, stream, deadline, [&](auto done) {
    stream.next_layer().async_connect(ToAsio(options.endpoint), done);
  });
  if (!error.ok()) return error.status();
  if (*error) return absl::UnavailableError(error->message());
  asio::ip::tcp::no_delay no_delay(true);
  error_code ignored;  // it is faster with, and works without
  stream.next_layer().set_option(no_delay, ignored);
  error = Do(io, stream, deadline, [&](auto done) { stream.async_handshake(done); });
  if (!error.ok()) return error.status();
  return *error ? absl::UnauthenticatedError(error->message()) : absl::OkStatus();
}

class WebSocketConnection final : public SignalConnection {
 public:
  explicit WebSocketConnection(TlsStream stream)
      : state_(std::make_shared<State>(std::move(stream), this)) {}
  ~WebSocketConnection() override {
    state_->owner = nullptr;
    state_->socket.next_layer().close();
  }

  absl::Status Upgrade(asio::io_context& io, const std::string& host, net::Instant deadline) {
    auto& socket = state_->socket;
    socket.read_message_max(kLargestMessage);
    socket.set_option(websocket::stream_base::decorator([host](websocket::request_type& request) {
      request.set(http::field::sec_websocket_protocol, std::string(kSubprotocol));
      request.set(http::field::origin, absl::StrCat("https://", host));
      request.set(http::field::user_agent, "koeru call");
    }));
    websocket::response_type response;
    auto error = Do(io, socket.next_layer(), deadline,
                    [&](auto done) { socket.async_handshake(response, host, "/signal", done); });
    if (!error.ok()) return error.status();
    if (*error == websocket::error::upgrade_declined) {
      return absl::FailedPreconditionError(
          absl::StrCat("/signal answered ", response.result_int()));
    }
    if (*error) return absl::FailedPreconditionError(error->message());
    Read(state_);
    return absl::OkStatus();
  }

  void Send(std::string text) override {
    if (state_->queue.size() >= kMostWaiting) return;
    state_->queue.push_back(std::move(text));
    if (state_->queue.size() == 1) WriteNext(state_);
  }

 private:
  // Messages: a server that reads nothing.
  static constexpr size_t kMostWaiting = 64;

  struct State {
    State(TlsStream stream, WebSocketConnection* connection)
        : socket(std::move(stream)), owner(connection) {}
    websocket::stream<TlsStream> socket;
    WebSocketConnection* owner;  // null: gone
    boost::beast::flat_buffer buffer;
    std::deque<std::string> queue;  // the first one is being written
  };

  static void End(const State& state, const error_code& error) {
    if (state.owner != nullptr && state.owner->on_end) state.owner->on_end(error.message());
  }
  static void Read(const std::shared_ptr<State>& state) {
    state->socket.async_read(state->buffer, [state](const error_code& error, size_t) {
      if (state->owner == nullptr) return;
      if (error) return End(*state, error);
      const auto bytes = state->buffer.cdata();
      const std::string text(static_cast<const char*>(bytes.data()), bytes.size());
      state->buffer.clear();
      if (state->owner->on_message) state->owner->on_message(text);
      if (state->owner != nullptr) Read(state);
    });
  }
  static void WriteNext(const std::shared_ptr<State>& state) {
    state->socket.async_write(asio::buffer(state->queue.front()),
                              [state](const error_code& error, size_t) {
                                if (state->owner == nullptr) return;
                                if (error) return End(*state, error);
                                state->queue.pop_front();
                                if (!state->queue.empty()) WriteNext(state);
                              });
  }

  const std::shared_ptr<State> state_;
};

}  // namespace

std::string_view CallErrorOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnauthenticated:
      return "tls";
    case absl::StatusCode::kFailedPrecondition:
      return "signalling";
    case absl::StatusCode::kNotFound:
      return "name";
    case absl::StatusCode::kDeadlineExceeded:
      return "silent";
    default:
      return "connect";
  }
}

bool RunUntil(asio::io_context& io, net::Instant deadline, const std::function<bool()>& done) {
  while (!done()) {
    const auto left = deadline - Now();
    if (left.count() <= 0) return false;
    io.restart();
    if (io.run_one_for(left) == 0 && Now() >= deadline) return done();
  }
  return true;
}

absl::StatusOr<std::string> WebClient::Get(const std::string& path) {
  const net::Instant deadline = Now() + options_.timeout;
  TlsStream stream(asio::ip::tcp::socket(io_), options_.tls, options_.server_name);
  if (auto status = Connect(io_, stream, options_, deadline); !status.ok()) return status;
  http::request<http::empty_body> request(http::verb::get, path, 11);
  request.set(http::field::host, options_.host);
  request.set(http::field::user_agent, "koeru call");
  request.keep_alive(false);
  auto error =
      Do(io_, stream, deadline, [&](auto done) { http::async_write(stream, request, done); });
  if (!error.ok()) return error.status();
  boost::beast::flat_buffer buffer(kLargestBody);
  http::response_parser<http::string_body> parser;
  parser.body_limit(kLargestBody);
  if (!*error) {
    error = Do(io_, stream, deadline,
               [&](auto done) { http::async_read(stream, buffer, parser, done); });
  }
  if (!error.ok()) return error.status();
  if (*error) return absl::UnavailableError(error->message());
  if (parser.get().result() != http::status::ok) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " answered ", parser.get().result_int()));
  }
  return parser.get().body();
}

absl::StatusOr<std::unique_ptr<SignalConnection>> WebClient::OpenSignalling() {
  const net::Instant deadline = Now() + options_.timeout;
  TlsStream stream(asio::ip::tcp::socket(io_), options_.tls, options_.server_name);
  if (auto status = Connect(io_, stream, options_, deadline); !status.ok()) return status;
  auto connection = std::make_unique<WebSocketConnection>(std::move(stream));
  if (auto status = connection->Upgrade(io_, options_.host, deadline); !status.ok()) return status;
  return connection;
}

}  // namespace koeru::tools
