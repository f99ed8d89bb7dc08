// What the desk (MediaDesk, a thread) tells the worker that carries a session's packets, and what
// the worker tells the desk. Orders of one session are carried out in the order in which they are
// left.
//
// The desk has what takes time or a page's words: descriptions, handshakes, SCTP, limits. The
// worker has what each packet needs: ICE, SRTP, RTP.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/ice/agent/actions.h"
#include "core/ice/agent/credentials.h"
#include "core/media/media_peer.h"
#include "core/sdp/answer/answer.h"
#include "native_server/media/srtp_session.h"
#include "native_server/tls/dtls_engine.h"

namespace koeru::server {

// A session in one server, never used again.
using MediaSessionId = uint32_t;

// 1. Desk to worker.

// A session begins: the peer's offer was read, and ours is the answer.
struct OpenMedia {
  ice::Credentials local, remote;
  std::vector<std::string> candidates{};  // "candidate:1 1 udp ..."
  std::vector<sdp::AnsweredMedia> media{};
  media::MediaPeerOptions options{};
  bool ice_lite = false;  // RFC 8445 section 2.5
};
// More candidates of the peer (RFC 8838).
struct AddCandidates {
  std::vector<std::string> candidates;
};
// RFC 8445 section 9: an ICE restart by the peer.
struct RestartIce {
  ice::Credentials local, remote;
  std::vector<std::string> candidates;
};
// A later offer: other sections.
struct ChangeMedia {
  std::vector<sdp::AnsweredMedia> media;
};
// What the mode "source" sends, when it was made.
struct GiveClip {
  std::shared_ptr<const media::Clip> clip;
};
// Datagrams of the handshake, to be sent as they are.
struct SendHandshake {
  std::vector<std::vector<uint8_t>> datagrams;
};
// The handshake is over: media may flow. From here on the worker has the association.
struct StartMedia {
  std::unique_ptr<SrtpSession> srtp{};  // null: no media were agreed on
  std::unique_ptr<DtlsEngine> dtls{};
};
// A datagram that the desk was left for its handshake when that was over: the worker's to read.
struct ReadRecords {
  std::vector<uint8_t> datagram;
};
// To be sealed as one DTLS record (RFC 8261): an SCTP packet.
struct SendRecord {
  std::vector<uint8_t> content;
};
struct CloseMedia {};

struct MediaOrder {
  MediaSessionId session = 0;
  std::variant<OpenMedia, AddCandidates, RestartIce, ChangeMedia, GiveClip, SendHandshake,
               StartMedia, ReadRecords, SendRecord, CloseMedia>
      what;
};

// 2. Worker to desk.

// kConnected: the handshake may begin. kFailed: the session ends.
struct IceChanged {
  ice::AgentState state = ice::AgentState::kNew;
  ice::Path path{};  // of kConnected
};
// A datagram of DTLS while the desk has the association.
struct HandshakeDatagram {
  std::vector<uint8_t> datagram;
};
// What a record held.
struct RecordContent {
  std::vector<uint8_t> content;
};
// The peer has ended its association (close_notify).
struct PeerClosed {};
// Once a second, while media flow.
struct QualityReport {
  media::Quality quality;
};

struct MediaReport {
  MediaSessionId session = 0;
  std::variant<IceChanged, HandshakeDatagram, RecordContent, PeerClosed, QualityReport> what;
};

// The desk's letter box. From any thread; when it is full a report is dropped, as the network drops
// datagrams; IceChanged and PeerClosed are never dropped.
class MediaReports {
 public:
  virtual ~MediaReports() = default;
  virtual void Leave(MediaReport report) = 0;
};

// Sends a datagram to the peer, or over its connection. The bytes are copied.
class MediaSender {
 public:
  virtual ~MediaSender() = default;
  virtual void Send(const ice::Path& path, Bytes datagram) = 0;
};

}  // namespace koeru::server
