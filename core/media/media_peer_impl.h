#pragma once

// The parts of a media peer (core/media/media_peer.h). media_peer_rtp.cc has what comes in as RTP,
// media_peer_rtcp.cc what comes in as RTCP, media_peer_time.cc what is sent when it is due, and
// media_peer_clip.cc what is sent of our own.

#include "core/media/arrival_feedback.h"
#include "core/media/bandwidth_estimate.h"
#include "core/media/delay_line.h"
#include "core/media/media_peer.h"
#include "core/media/rate_limit.h"
#include "core/media/reports.h"
#include "core/media/return_path.h"
#include "core/media/sender.h"

namespace koeru::media {

class MediaPeer::Impl {
 public:
  Impl(std::vector<sdp::AnsweredMedia> media, MediaPeerOptions options, net::Instant now);

  // media_peer.cc
  void SetMedia(std::vector<sdp::AnsweredMedia> media, net::Instant now);
  void Close(net::Instant now, rtp::NtpTime wall, Actions& actions);
  Quality GetQuality(net::Instant now) const;
  bool IsConsistent() const;
  net::Instant NextDeadline() const;

  // media_peer_clip.cc
  void SetClip(std::shared_ptr<const Clip> clip, net::Instant now);

  // media_peer_rtp.cc
  bool OnRtp(MutableBytes packet, size_t& size, net::Instant now);

  // media_peer_rtcp.cc
  void OnRtcp(Bytes compound, net::Instant now, rtp::NtpTime wall, Actions& actions);

  // media_peer_time.cc
  void OnTimeout(net::Instant now, rtp::NtpTime wall, Actions& actions);

 private:
  // NACKs for gaps that appear one after the other go together.
  static constexpr net::Duration kRequestInterval = std::chrono::milliseconds(5);
  // A source that is silent for so long may be followed by another one that was there already.
  static constexpr net::Duration kPause = std::chrono::seconds(1);
  // Numbers of NACK that are looked at in one compound.
  static constexpr size_t kMostAnswers = 1000;

  // media_peer.cc
  bool IsConsistent(const Section& section) const;
  DirectionQuality ReceivedOf(const Section& section, net::Instant now) const;
  DirectionQuality SentOf(const Section& section, net::Instant now) const;

  // media_peer_clip.cc
  void BeginClip(net::Instant now);
  void SendClip(net::Instant now, Actions& actions);
  std::string ProblemOf(const Section& section) const;

  // media_peer_rtp.cc
  Source* SourceOf(const rtp::RtpPacket& view, net::Instant now);
  bool OnRtx(Source& source, MutableBytes packet, const rtp::RtpPacket& view, size_t& size,
             net::Instant now);
  bool OnMedia(Source& source, MutableBytes packet, const rtp::RtpPacket& view, size_t& size,
               net::Instant now);
  bool IsNew(SequenceWindow::Arrival arrival);
  bool TakesOver(OutgoingStream& stream, Source& source, bool is_first, net::Instant now);
  bool SendBack(Source& source, const Source::Taken& taken, MutableBytes packet,
                const rtp::RtpPacket& view, size_t& size, net::Instant now);
  void Wake(net::Instant at);

  // media_peer_rtcp.cc
  static std::optional<ReturnPath::Report> WayBack(const OutgoingStream& stream,
                                                   const rtp::ReportBlock& block);
  void OnBlocks(const std::vector<rtp::ReportBlock>& blocks, net::Instant now);
  void OnNack(const rtp::RtcpPacket& packet, size_t& answers_left, net::Instant now,
              Actions& actions);
  void OnPictureRequest(uint32_t ssrc, PictureWish::Kind kind);
  void OnFullIntraRequest(const rtp::RtcpPacket& packet);
  void OnOther(const rtp::RtcpPacket& packet, net::Instant now, rtp::NtpTime wall);

  // media_peer_time.cc
  void SendDelayed(net::Instant now, Actions& actions);
  void SendFeedback(net::Instant now, Actions& actions);
  void SendReports(net::Instant now, rtp::NtpTime wall, Actions& actions);
  bool WantsRemb(const Section& section) const;
  uint64_t RembOf(const Section& section, net::Instant now);
  uint64_t SentBitsPerSecond(net::Instant now) const;
  ReportContext Context(net::Instant now, rtp::NtpTime wall);
  net::Instant RequestsDue() const;
  void SetDeadline();

  const MediaPeerOptions options_;
  Sections sections_;
  Sources sources_;
  Sender sender_;
  DelayLine<OutgoingStream*> delay_line_;
  RateLimit limit_;
  std::shared_ptr<const Clip> clip_;
  net::Instant clip_began_;
  RateMeter rate_;  // of all that comes
  ArrivalFeedback arrival_feedback_;
  BandwidthEstimate estimate_;  // of the way to us
  ReturnPath return_path_;
  PeerClock clock_;
  RoundTrip round_trip_;
  net::Instant deadline_ = net::Instant::Max();
  net::Instant requests_not_before_;
  bool is_closed_ = false;
  // Told by GetQuality().
  Drops drops_;
  uint64_t probes_ = 0;
  std::optional<uint64_t> peers_estimate_;
};

}  // namespace koeru::media
