#include "native_server/main/media_side.h"

#include <algorithm>

#include "native_server/io/clock.h"
#include "native_server/log/log.h"
#include "native_server/media/clip/make_clip.h"

namespace koeru::server {
namespace {

constexpr size_t kMostAddresses = 8;

net::Address AdvertisedFor(const net::Address& local, const relay::RelayConfig& config) {
  for (const relay::RelayAddress& relay : config.relay_addresses) {
    if (relay.local == local) return relay.advertised;
  }
  return local;
}

std::vector<net::Address> OwnAddresses(const ServerOptions& options, const Machine& machine) {
  std::vector<net::Address> own;
  for (const net::Endpoint& endpoint : ListenEndpoints(options, machine)) {
    if (!endpoint.address.IsUnspecified()) {
      own.push_back(endpoint.address);
      continue;
    }
    for (const net::Address& address : machine.addresses) {
      if (address.family() == endpoint.address.family() && !IsLinkLocal(address)) {
        own.push_back(address);
      }
    }
  }
  return own;
}

// Before it begins again.
constexpr std::chrono::seconds kClipLength(60);

ClipMaker::ClipPtr MakeLoggedClip(const std::stop_token& stop) {
  auto clip = MakeClip(kClipLength, stop);
  if (clip == nullptr && !stop.stop_requested()) {
    LOG(ERROR) << "the media peer's test picture could not be encoded: calls of the mode "
                  "\"source\" are refused";
  }
  return clip;
}

}  // namespace

std::vector<MediaSession::Address> MediaAddresses(const ServerOptions& options,
                                                  const Machine& machine,
                                                  const relay::RelayConfig& config) {
  std::vector<net::Address> own = OwnAddresses(options, machine);
  const auto loopback = std::stable_partition(
      own.begin(), own.end(), [](const net::Address& address) { return !address.IsLoopback(); });
  if (!options.demo && loopback != own.begin()) own.erase(loopback, own.end());
  if (own.size() > kMostAddresses) own.resize(kMostAddresses);
  std::vector<MediaSession::Address> addresses;
  for (const net::Transport transport : {net::Transport::kUdp, net::Transport::kTcp}) {
    if (net::IsStream(transport) && options.TurnTcpPort() == 0) continue;
    for (const net::Address& address : own) {
      addresses.push_back({.local = {address, options.listening_port},
                           .advertised = {AdvertisedFor(address, config), options.listening_port},
                           .transport = transport});
    }
  }
  return addresses;
}

MediaPeerSide::MediaPeerSide() : clip_maker_(MakeLoggedClip) {}

absl::StatusOr<std::unique_ptr<MediaPeerSide>> MediaPeerSide::Open(const ServerOptions& options,
                                                                   const Machine& machine,
                                                                   const relay::RelayConfig& config,
                                                                   MediaEvents* events) {
  std::unique_ptr<MediaPeerSide> side(new MediaPeerSide());
  if (!options.HasMediaPeer()) return side;
  side->addresses_ = MediaAddresses(options, machine, config);
  MediaDeskOptions desk{.workers = WorkerCount(options, machine),
                        .ice_lite = options.media_peer_ice_lite,
                        .max_bits_per_second = uint64_t{options.media_peer_max_bps} * 8,
                        .limits = {.calls = options.media_peer_calls,
                                   .calls_per_user = options.media_peer_calls_of_user != 0
                                                         ? options.media_peer_calls_of_user
                                                         : options.media_peer_calls,
                                   .time = std::chrono::seconds(options.media_peer_time_s)}};
  desk.addresses = side->addresses_;
  desk.events = events;
  for (const MediaSession::Address& address : side->addresses_) {
    LOG(INFO) << "media peer on " << (net::IsStream(address.transport) ? "TCP " : "UDP ")
              << address.advertised.ToString();
  }
  auto opened = MediaDesk::Open(std::move(desk));
  if (!opened.ok()) return opened.status();
  side->desk_ = *std::move(opened);
  return side;
}

MediaCounts MediaPeerSide::counts() const {
  if (desk_ != nullptr) return desk_->counts();
  MediaCounts none;
  none.Add(MediaCounters());
  return none;
}

void MediaPeerSide::Start(const CurrentSettings& settings, UserSource* users, RelayServer& relay,
                          MediaDesk::SendSignal send_signal) {
  if (desk_ == nullptr) return;
  judge_ = std::make_unique<MediaJudge>(settings, users,
                                        [this](uint64_t question, MediaVerdict verdict) {
                                          desk_->Decide(question, std::move(verdict));
                                        });
  desk_->Start(
      {.leave_order = [&relay](size_t worker,
                               MediaOrder order) { relay.LeaveMedia(worker, std::move(order)); },
       .send_signal = std::move(send_signal),
       .judge =
           [this](const PeerRequest& request) { return judge_->Judge(request, Now(), WallNow()); },
       .ask = [this](uint64_t question,
                     const PeerRequest& request) { judge_->Ask(question, request); },
       .ask_clip = [this](ClipMaker::Ready ready) { clip_maker_.Ask(std::move(ready)); }});
}

void MediaPeerSide::Stop() {
  if (desk_ != nullptr) desk_->Stop();
  judge_ = nullptr;
}

void MediaPeerSide::Tell(web::PeerLetter letter) {
  switch (letter.kind) {
    case web::PeerLetter::Kind::kBegin:
      return desk_->Begin(std::move(letter.page), std::move(letter.text));
    case web::PeerLetter::Kind::kSignal:
      return desk_->Signal(std::move(letter.page), std::move(letter.text));
    case web::PeerLetter::Kind::kEnd:
      return desk_->End(std::move(letter.page));
  }
}

}  // namespace koeru::server
