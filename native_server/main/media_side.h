#pragma once

// The relay's own media peer, as the options want it: its addresses, its desk, and the ways between
// desk, workers and the room server.

#include <memory>
#include <string_view>
#include <vector>

#include "native_server/config/relay_config.h"
#include "native_server/main/settings.h"
#include "native_server/media/clip/clip_maker.h"
#include "native_server/media/media_desk.h"
#include "native_server/web/rooms.h"
#include "native_server/worker/relay_server.h"

namespace koeru::server {

class MediaPeerSide {
 public:
  // It does nothing when the options want no media peer (media-peer, which a demo has).
  static absl::StatusOr<std::unique_ptr<MediaPeerSide>> Open(const ServerOptions& options,
                                                             const Machine& machine,
                                                             const relay::RelayConfig& config);

  // For the relay: where the media peer is, and who hears its workers.
  const std::vector<MediaSession::Address>& addresses() const { return addresses_; }
  MediaReports* reports() { return desk_.get(); }
  bool is_on() const { return desk_ != nullptr; }

  // `settings` and `relay` are used until Stop().
  void Start(const CurrentSettings& settings, RelayServer& relay,
             MediaDesk::SendSignal send_signal);
  void Tell(web::PeerLetter letter);
  void Stop() {
    if (desk_ != nullptr) desk_->Stop();
  }

 private:
  MediaPeerSide();

  std::vector<MediaSession::Address> addresses_;
  std::unique_ptr<MediaDesk> desk_;  // null: there is no media peer
  ClipMaker clip_maker_;             // behind the desk, which it calls
};

// The server's addresses on the port of STUN and TURN over UDP that pages may send to, and the same
// for TCP behind them; at most eight of each, loopback addresses last and only in a demo or where
// there are no others.
std::vector<MediaSession::Address> MediaAddresses(const ServerOptions& options,
                                                  const Machine& machine,
                                                  const relay::RelayConfig& config);

// Whether these are credentials for TURN at this server, in its default realm: static users and
// time-limited ones. Those that a database, an endpoint or a token answers for are not known here.
MediaVerdict JudgeMediaCredential(const relay::RelayConfig& config, std::string_view username,
                                  std::string_view credential, net::UnixTime now);

}  // namespace koeru::server
