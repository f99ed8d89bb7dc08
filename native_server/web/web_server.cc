#include "native_server/web/web_server.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/web/listener.h"
#include "native_server/web/web_core.h"

namespace koeru::server::web {
namespace {

// How long WebSockets get to say good-bye.
constexpr std::chrono::milliseconds kStopTime{1'000};
constexpr std::chrono::milliseconds kStopPoll{10};

}  // namespace

WebCore::WebCore(WebOptions web_options, std::unique_ptr<ReloadableTlsContext> tls_context,
                 boost::asio::any_io_executor executor)
    : options(std::move(web_options)),
      tls(std::move(tls_context)),
      router(options),
      hub(options.limits.rooms, std::move(executor)),
      connections({options.limits.connections, options.limits.connections_per_source}),
      half_open({options.limits.half_open, options.limits.half_open_per_source}),
      connects(options.limits.connects_per_source_burst, options.limits.connects_per_source_per_s) {
}

struct WebServer::State {
  explicit State(unsigned thread_count)
      : io(static_cast<int>(thread_count)), work(io.get_executor()) {}

  void Run();

  // `io` outlives everything that has timers and sockets in it.
  boost::asio::io_context io;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
  std::shared_ptr<WebCore> core;
  std::vector<std::shared_ptr<Listener>> listeners;
  std::vector<uint16_t> https_ports;
  std::vector<uint16_t> redirect_ports;
  std::vector<std::thread> threads;
};

void WebServer::State::Run() {
  while (true) {
    try {
      io.run();
      return;
    } catch (const std::exception& error) {
      // Memory ran out in one handler, say. Its connection is gone; the others go on.
      core->Log(Severity::kError, absl::StrCat("a connection was dropped: ", error.what()));
    }
  }
}

absl::StatusOr<std::unique_ptr<WebServer>> WebServer::Start(WebOptions options) {
  if (options.https.empty()) {
    return absl::InvalidArgumentError("the web server needs at least one HTTPS address and port");
  }
  auto tls = ReloadableTlsContext::Load({.certificate_file = options.certificate_file,
                                         .key_file = options.key_file,
                                         .alpn = {"http/1.1"}});
  if (!tls.ok()) return tls.status();
  if (options.serve_page) {
    if (absl::Status status = StaticFiles(options.roots).Check(); !status.ok()) return status;
  }
  const unsigned thread_count = std::max(1u, options.threads);
  auto state = std::make_unique<State>(thread_count);
  state->core =
      std::make_shared<WebCore>(std::move(options), *std::move(tls), state->io.get_executor());
  const WebOptions& used = state->core->options;
  const auto open = [&](const ListenEndpoint& endpoint, Listener::Kind kind,
                        std::vector<uint16_t>& ports) {
    auto listener = std::make_shared<Listener>(state->io, state->core, kind);
    absl::Status status = listener->Open(endpoint);
    if (!status.ok()) return status;
    ports.push_back(listener->port());
    listener->set_https_port(used.redirect_port != 0 ? used.redirect_port
                                                     : state->https_ports.front());
    state->listeners.push_back(std::move(listener));
    return status;
  };
  for (const ListenEndpoint& endpoint : used.https) {
    absl::Status status = open(endpoint, Listener::Kind::kHttps, state->https_ports);
    if (!status.ok()) return status;
  }
  for (const ListenEndpoint& endpoint : used.redirect) {
    absl::Status status = open(endpoint, Listener::Kind::kRedirect, state->redirect_ports);
    if (!status.ok()) return status;
  }
  for (const auto& listener : state->listeners) listener->Start();
  state->core->hub.Start();
  for (unsigned i = 0; i < thread_count; ++i) {
    state->threads.emplace_back([raw = state.get()] { raw->Run(); });
  }
  return std::unique_ptr<WebServer>(new WebServer(std::move(state)));
}

WebServer::WebServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

WebServer::~WebServer() { Stop(); }

void WebServer::Stop() {
  if (state_->threads.empty()) return;
  for (const auto& listener : state_->listeners) listener->Stop();
  state_->core->hub.CloseAll();
  const auto end = std::chrono::steady_clock::now() + kStopTime;
  while (state_->core->hub.connection_count() != 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(kStopPoll);
  }
  state_->io.stop();
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
  state_->core->hub.ForgetPeers();
}

const std::vector<uint16_t>& WebServer::https_ports() const { return state_->https_ports; }
const std::vector<uint16_t>& WebServer::redirect_ports() const { return state_->redirect_ports; }

absl::Status WebServer::ReloadCertificate() { return state_->core->tls->Reload(); }

WebServer::Counts WebServer::counts() const {
  const WebCore& core = *state_->core;
  return {.connections = core.connections.taken(),
          .half_open = core.half_open.taken(),
          .rooms = core.hub.room_count(),
          .room_connections = core.hub.connection_count()};
}

}  // namespace koeru::server::web
