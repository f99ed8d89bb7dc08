#include "native_server/web/web_server.h"

#include <chrono>
#include <thread>
#include <utility>

#include "native_server/web/http_session.h"
#include "native_server/web/plain_session.h"
#include "native_server/web/web_core.h"

namespace koeru::server::web {
namespace {

// How long WebSockets get to say good-bye.
constexpr std::chrono::milliseconds kStopTime{1'000};
constexpr std::chrono::milliseconds kStopPoll{10};

RoomLimits RoomLimitsOf(const WebOptions& options) {
  RoomLimits limits = options.limits.rooms;
  limits.has_peer = static_cast<bool>(options.media_peer);
  return limits;
}

}  // namespace

WebCore::WebCore(WebOptions web_options, boost::asio::any_io_executor executor)
    : options(std::move(web_options)),
      router(options),
      hub(RoomLimitsOf(options), options.media_peer, std::move(executor)) {}

absl::StatusOr<std::unique_ptr<WebServer>> WebServer::Make(WebOptions options, Door& door) {
  if (options.serve_page) {
    if (absl::Status status = StaticFiles(options.roots).Check(); !status.ok()) return status;
  }
  return std::unique_ptr<WebServer>(
      new WebServer(std::make_shared<WebCore>(std::move(options), door.io().get_executor())));
}

WebServer::WebServer(std::shared_ptr<WebCore> core) : core_(std::move(core)) {}

WebServer::~WebServer() {
  Stop();
  core_->hub.ForgetPeers();
}

void WebServer::Attach(DoorHandlers& handlers) {
  core_->hub.Start();
  handlers.https = [core = core_](HttpsArrival arrival) {
    std::make_shared<HttpSession>(core, std::move(arrival))->Start();
  };
  handlers.plain_http = [core = core_](PlainHttpArrival arrival) {
    const uint16_t https_port =
        arrival.on_tls_port ? arrival.accepted.local_port : core->options.redirect_port;
    std::make_shared<PlainSession>(core, std::move(arrival.accepted), https_port)->Start();
  };
}

void WebServer::Stop() {
  if (std::exchange(stopped_, true)) return;
  core_->hub.CloseAll();
  const auto end = std::chrono::steady_clock::now() + kStopTime;
  while (core_->hub.connection_count() != 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(kStopPoll);
  }
}

void WebServer::SignalFromPeer(const std::string& page, std::string_view data) {
  core_->hub.SignalFromPeer(page, data);
}

WebServer::Counts WebServer::counts() const {
  return {.rooms = core_->hub.room_count(), .room_connections = core_->hub.connection_count()};
}

}  // namespace koeru::server::web
