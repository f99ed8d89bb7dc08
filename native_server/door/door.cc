#include "native_server/door/door.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/door/door_core.h"
#include "native_server/door/listener.h"

namespace koeru::server {
namespace {

bool NeedsTls(const DoorOptions& options) {
  return std::any_of(options.endpoints.begin(), options.endpoints.end(), [](const auto& endpoint) {
    return endpoint.lets_in.turn_tls || endpoint.lets_in.https;
  });
}

}  // namespace

Door::Door(unsigned thread_count)
    : io_(static_cast<int>(thread_count)), work_(io_.get_executor()), thread_count_(thread_count) {}

absl::StatusOr<std::unique_ptr<Door>> Door::Open(DoorOptions options) {
  std::unique_ptr<ReloadableTlsContext> tls;
  if (NeedsTls(options)) {
    auto loaded = ReloadableTlsContext::Load(
        {.certificate_file = options.certificate_file,
         .key_file = options.key_file,
         .key_password = options.key_password,
         .client_ca_file = options.client_ca_file,
         // In this order: coturn's tools offer all three and mean TURN, browsers never do.
         .alpn = {"stun.turn", "stun.nat-discovery", "http/1.1"},
         .lowest = options.only_tls13 ? TlsVersion::k1_3 : TlsVersion::k1_2});
    if (!loaded.ok()) return loaded.status();
    tls = *std::move(loaded);
  }
  std::unique_ptr<Door> door(new Door(std::max(1u, options.threads)));
  door->core_ = std::make_shared<DoorCore>(std::move(options), std::move(tls));
  for (const DoorEndpoint& endpoint : door->core_->options.endpoints) {
    auto listener = std::make_shared<DoorListener>(door->io_, door->core_, endpoint.lets_in);
    if (absl::Status status = listener->Open(endpoint.where); !status.ok()) return status;
    door->ports_.push_back(listener->port());
    door->listeners_.push_back(std::move(listener));
  }
  return door;
}

Door::~Door() { Stop(); }

void Door::Start(DoorHandlers handlers) {
  core_->handlers = std::move(handlers);
  for (const auto& listener : listeners_) listener->Start();
  for (unsigned i = 0; i < thread_count_; ++i) threads_.emplace_back([this] { Run(); });
}

void Door::Run() {
  while (true) {
    try {
      io_.run();
      return;
    } catch (const std::exception& error) {
      // Memory ran out in one handler, say. Its connection is gone; the others go on.
      core_->Log(Severity::kError, absl::StrCat("a connection was dropped: ", error.what()));
    }
  }
}

void Door::StopListening() {
  for (const auto& listener : listeners_) listener->Stop();
}

void Door::Stop() {
  if (threads_.empty()) return;
  StopListening();
  io_.stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

absl::Status Door::ReloadCertificate() {
  return core_->tls == nullptr ? absl::OkStatus() : core_->tls->Reload();
}

Door::Counts Door::counts() const {
  return {.connections = core_->connections.taken(),
          .half_open = core_->half_open.taken(),
          .tls = {.finished = core_->handshakes.Get(),
                  .failed = core_->failed.load(std::memory_order_relaxed),
                  .refused = core_->refused.load(std::memory_order_relaxed)}};
}

}  // namespace koeru::server
