#pragma once

// What a media peer does with RTP and RTCP, sans-IO: it sends back what comes (at once or later),
// only listens, or sends a clip of its own, and is a good receiver and sender meanwhile: reports,
// feedback, retransmissions.
// One for each call; decrypted packets and time in, decrypted packets out.
//
//   MediaPeer peer(answer->media, {.mode = Mode::kEcho}, now);
//   size_t size = 0;
//   if (peer.OnRtp(packet, size, now, actions)) Protect and send packet.first(size);
//   peer.OnRtcp(compound, now, wall, actions);
//   if (now >= peer.NextDeadline()) peer.OnTimeout(now, wall, actions);
//   for (const Action& action : actions) ...           // protect and send, in order
//   actions.Clear();
//
// `actions` is appended to by each call. Packets are borrowed for the call only.
//
// - Each section that may be sent has one SSRC of ours (sdp::AnsweredMedia::ssrc); the section's
//   newest source goes back under it. No two packets of different content ever have one SSRC and
//   extended sequence number: with AES-GCM that would give the key away (RFC 7714 section 8.1).
// - What the peer sends is bounded in what it costs: kMostSources sources, a history and a delay
//   line of so many bytes, requests for retransmission and answers to them in proportion to what
//   came.
//
// RFC 3550, 4585, 5104 (PLI, FIR), 4588 (RTX), 8285 (header extensions),
// draft-holmer-rmcat-transport-wide-cc-extensions-01, draft-alvestrand-rmcat-remb-03.

#include <memory>
#include <string>
#include <vector>

#include "core/bytes/reader.h"
#include "core/media/actions.h"
#include "core/media/clip.h"
#include "core/media/quality.h"
#include "core/net/time.h"
#include "core/rtp/ntp_time.h"
#include "core/sdp/answer/answer.h"

namespace koeru::media {

enum class Mode : uint8_t {
  kEcho,         // what comes goes back at once
  kDelayedEcho,  // ... after a while
  kSink,         // nothing goes back
  kSource,       // ... but a clip, again and again
};

struct MediaPeerOptions {
  Mode mode = Mode::kEcho;
  net::Duration delay{};                  // of kDelayedEcho; 0.5 to 5 s, and brought into that
  std::string cname = "koeru";            // 100 bytes at most
  uint64_t max_bits_per_second = 0;       // of what may be sent to us; 0: no limit of ours
  std::shared_ptr<const Clip> clip = {};  // of kSource; null: it comes later, by SetClip()
};

class MediaPeer {
 public:
  MediaPeer(std::vector<sdp::AnsweredMedia> media, MediaPeerOptions options, net::Instant now);
  ~MediaPeer();
  MediaPeer(const MediaPeer&) = delete;
  MediaPeer& operator=(const MediaPeer&) = delete;

  // A decrypted RTP packet, rewritten in place. True: its first `size` bytes are to be sent back at
  // once, before what `actions` holds.
  bool OnRtp(MutableBytes packet, size_t& size, net::Instant now, Actions& actions);
  // A decrypted RTCP packet, compound or of reduced size.
  void OnRtcp(Bytes compound, net::Instant now, rtp::NtpTime wall, Actions& actions);

  // Cheap, for a call after each packet. Instant::Max() when there is nothing to wait for.
  net::Instant NextDeadline() const;
  void OnTimeout(net::Instant now, rtp::NtpTime wall, Actions& actions);

  // After a renegotiation, in the order of the new answer. Streams that stay go on.
  void SetMedia(std::vector<sdp::AnsweredMedia> media, net::Instant now);
  // What kSource sends, from its beginning, which is now.
  void SetClip(std::shared_ptr<const Clip> clip, net::Instant now);
  // Says BYE; nothing is sent afterwards.
  void Close(net::Instant now, rtp::NtpTime wall, Actions& actions);

  Quality GetQuality(net::Instant now) const;
  // Who points to whom, and that all that is kept is within its bounds.
  bool IsConsistent() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace koeru::media
