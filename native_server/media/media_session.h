// One session of the media peer, as its worker has it: ICE finds a path, the desk makes the DTLS
// handshake over it, then SRTP packets are opened, given to the MediaPeer, and what that sends is
// sealed and sent on the selected path.
//
//   datagram --> STUN: ice::Agent            first byte 0 to 3       RFC 7983
//           \--> DTLS: the desk, or records  20 to 63
//            \-> SRTP, SRTCP: MediaPeer      128 to 191; RTCP by its packet type, RFC 5761
//
// Everything happens on one thread, and nothing here waits. What does not authenticate is dropped;
// it cannot move the path, which is ICE's.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ice/agent/agent.h"
#include "core/media/media_peer.h"
#include "native_server/media/early_packets.h"
#include "native_server/media/media_orders.h"
#include "native_server/media/media_ufrag.h"

namespace koeru::server {

class MediaSession {
 public:
  // A host candidate of the server: where its sockets are, and what peers are told (external-ip).
  struct Address {
    net::Endpoint local, advertised;
    net::Transport transport = net::Transport::kUdp;  // or TCP, to which pages connect
  };

  MediaSession(MediaSessionId id, const OpenMedia& open, const std::vector<Address>& addresses,
               size_t worker, relay::RandomSource& random, MediaReports& reports,
               MediaSender& sender, net::Instant now);

  MediaSessionId id() const { return id_; }

  // A STUN message on that path. True: it was this session's, and `path` is known to be its peer's.
  bool OnStun(const ice::Path& path, Bytes message, net::Instant now);
  // Anything else on a path of its peer's; it is changed in place.
  void OnDatagram(const ice::Path& path, MutableBytes datagram, net::Instant now);
  // A TCP connection of a path is gone.
  void OnPathGone(const ice::Path& path, net::Instant now);

  void CarryOut(AddCandidates order, net::Instant now);
  void CarryOut(RestartIce order, net::Instant now);
  void CarryOut(ChangeMedia order, net::Instant now);
  void CarryOut(GiveClip order, net::Instant now);
  void CarryOut(SendHandshake order, net::Instant now);
  void CarryOut(StartMedia order, net::Instant now);
  void CarryOut(ReadRecords order, net::Instant now);
  void CarryOut(SendRecord order, net::Instant now);
  // Says goodbye: RTCP BYE, close_notify.
  void Close(net::Instant now);

  net::Instant NextDeadline() const;
  void OnTimeout(net::Instant now);

  // The ufrags that checks for this session may have: the present one, and the one before an ICE
  // restart while its path is in use.
  const std::vector<std::string>& ufrags() const { return ufrags_; }
  // Where data goes at the moment.
  std::optional<ice::Path> selected() const { return agent_.selected(); }
  bool IsConsistent() const;

 private:
  static constexpr net::Duration kQualityInterval = std::chrono::seconds(1);
  // Of a packet before it is sealed.
  static constexpr size_t kLargestPacket = 2048;

  void LearnCandidates(const std::vector<std::string>& candidates, net::Instant now);
  void CarryOutIce();
  void OnSrtp(const ice::Path& path, MutableBytes packet, net::Instant now);
  // True: it was the peer's.
  bool OnMediaPacket(MutableBytes packet, net::Instant now);
  void OnRecords(Bytes datagram, net::Instant now);
  void CarryOutMedia();
  void SendMedia(Bytes packet, bool is_rtcp);
  void SendToPeer(Bytes datagram);

  const MediaSessionId id_;
  MediaReports& reports_;
  MediaSender& sender_;
  MediaTransactionIds ids_;
  ice::Agent agent_;
  ice::Actions ice_actions_;
  std::vector<std::string> ufrags_;
  std::vector<sdp::AnsweredMedia> answered_;
  media::MediaPeerOptions options_;
  std::unique_ptr<SrtpSession> srtp_;
  std::unique_ptr<DtlsEngine> dtls_;
  std::unique_ptr<media::MediaPeer> peer_;  // while media flow
  EarlyPackets early_;                      // until then
  media::Actions media_actions_;
  net::Instant next_quality_ = net::Instant::Max();
};

}  // namespace koeru::server
