#pragma once

// The relay's own media peer, as the options want it: its addresses, its desk, and the ways between
// desk, workers and the room server.

#include <memory>
#include <vector>

#include "native_server/config/relay_config.h"
#include "native_server/main/media_judge.h"
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
                                                             const relay::RelayConfig& config,
                                                             MediaEvents* events);

  ~MediaPeerSide() { Stop(); }
  MediaPeerSide(const MediaPeerSide&) = delete;
  MediaPeerSide& operator=(const MediaPeerSide&) = delete;

  // For the relay: where the media peer is, and who hears its workers.
  const std::vector<MediaSession::Address>& addresses() const { return addresses_; }
  MediaReports* reports() { return desk_.get(); }
  bool is_on() const { return desk_ != nullptr; }
  // Of this server's calls; zeros when there is no media peer.
  MediaCounts counts() const;

  // What is passed in is used until Stop(). `users`: who is asked for users whom the configuration
  // does not have; null: nobody.
  void Start(const CurrentSettings& settings, UserSource* users, RelayServer& relay,
             MediaDesk::SendSignal send_signal);
  void Tell(web::PeerLetter letter);
  void Stop();

 private:
  MediaPeerSide();

  std::vector<MediaSession::Address> addresses_;
  std::unique_ptr<MediaDesk> desk_;    // null: there is no media peer
  std::unique_ptr<MediaJudge> judge_;  // while the desk runs
  ClipMaker clip_maker_;               // behind the desk, which it calls
};

// The server's addresses on the port of STUN and TURN over UDP that pages may send to, and the same
// for TCP behind them; at most eight of each, loopback addresses last and only in a demo or where
// there are no others.
std::vector<MediaSession::Address> MediaAddresses(const ServerOptions& options,
                                                  const Machine& machine,
                                                  const relay::RelayConfig& config);

}  // namespace koeru::server
