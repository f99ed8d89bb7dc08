#include "native_server/main/media_side.h"

#include <algorithm>

#include "core/crypto/hash.h"
#include "core/relay/long_term_key.h"
#include "core/relay/shared_secret.h"
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

bool IsPasswordOf(const relay::User& user, std::string_view realm, std::string_view password) {
  if (!user.password.empty()) {
    return crypto::ConstantTimeEquals(AsBytes(user.password), AsBytes(password));
  }
  const auto key =
      relay::LongTermKey::Derive(relay::KeyAlgorithm::kMd5, user.name, realm, password);
  return crypto::ConstantTimeEquals(user.long_term_key, key.bytes());
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

MediaVerdict Bad(std::string reason) { return {.reason = std::move(reason)}; }

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

MediaVerdict JudgeMediaCredential(const relay::RelayConfig& config, std::string_view username,
                                  std::string_view credential, net::UnixTime now) {
  if (config.anonymous) return {.is_good = true};
  if (username.empty() || credential.empty()) {
    return Bad("the media peer wants a username and a credential for TURN at this server");
  }
  for (const relay::User& user : config.users) {
    if (user.name == username && IsPasswordOf(user, config.realm, credential)) {
      return {.is_good = true, .user = user.name};
    }
  }
  const auto name = relay::ParseTimeLimitedName(username, config.rest_api_separator);
  for (const std::string& secret : config.shared_secrets) {
    const std::string password = relay::PasswordFromSecret(secret, username);
    if (!name || !crypto::ConstantTimeEquals(AsBytes(password), AsBytes(credential))) continue;
    if (name->expiry < now) return Bad("the credential has expired: ask for a new one");
    return {.is_good = true, .user = std::string(name->id)};
  }
  if (config.user_lookup || !config.web_token_secrets.empty()) {
    return Bad(
        "the media peer knows users of the configuration and time-limited credentials, not those "
        "of a database, an endpoint or a token: use one of the former");
  }
  return Bad("the username or the credential is wrong");
}

MediaPeerSide::MediaPeerSide() : clip_maker_(MakeLoggedClip) {}

absl::StatusOr<std::unique_ptr<MediaPeerSide>> MediaPeerSide::Open(
    const ServerOptions& options, const Machine& machine, const relay::RelayConfig& config) {
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
  for (const MediaSession::Address& address : side->addresses_) {
    LOG(INFO) << "media peer on " << (net::IsStream(address.transport) ? "TCP " : "UDP ")
              << address.advertised.ToString();
  }
  auto opened = MediaDesk::Open(std::move(desk));
  if (!opened.ok()) return opened.status();
  side->desk_ = *std::move(opened);
  return side;
}

void MediaPeerSide::Start(const CurrentSettings& settings, RelayServer& relay,
                          MediaDesk::SendSignal send_signal) {
  if (desk_ == nullptr) return;
  desk_->Start(
      {.leave_order = [&relay](size_t worker,
                               MediaOrder order) { relay.LeaveMedia(worker, std::move(order)); },
       .send_signal = std::move(send_signal),
       .judge =
           [&settings](const PeerRequest& request) {
             return JudgeMediaCredential(settings.Get()->config, request.username,
                                         request.credential, WallNow());
           },
       .ask_clip = [this](ClipMaker::Ready ready) { clip_maker_.Ask(std::move(ready)); }});
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
