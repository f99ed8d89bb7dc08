#pragma once

// The media of a call as decrypted RTP and RTCP: 50 packets of audio in a second, 30 frames of
// video, each payload with its own stamp (arrivals.h); what comes back is checked. Reports, NACK
// and transport-wide feedback go along. No I/O, no clock.
//
//   CallMedia media({.bitrate_kbps = 300}, random);
//   media.Start(now, now + 10 s);
//   if (now >= media.NextDeadline()) media.OnTimeout(now, wall, actions);
//   media.OnRtp(packet, now); media.OnRtcp(packet, now, actions);     // each that came
//   for (const media::Action& action : actions) Protect and send;
//
// No codec makes these payloads: a media peer must not look into them, and ours does not.

#include <optional>

#include "core/media/actions.h"
#include "core/media/arrival_feedback.h"
#include "core/media/report_schedule.h"
#include "core/relay/config.h"
#include "native_server/tools/call/media_stream.h"

namespace koeru::tools {

class CallMedia {
 public:
  static constexpr net::Duration kAudioInterval = std::chrono::milliseconds(20);
  static constexpr int64_t kFramesPerSecond = 30;
  // What the offer names them.
  static constexpr uint8_t kAudioType = 111, kVideoType = 96, kRtxType = 97;

  struct Options {
    CallMode mode = CallMode::kEcho;
    bool audio = true, video = true;
    int bitrate_kbps = 300;  // of video
  };

  CallMedia(const Options& options, relay::RandomSource& random);

  uint32_t audio_ssrc() const { return audio_ssrc_; }
  uint32_t video_ssrc() const { return video_ssrc_; }
  uint32_t rtx_ssrc() const { return rtx_ssrc_; }

  // Media are sent from now on until `end`.
  void Start(net::Instant now, net::Instant end);
  void OnRtp(MutableBytes packet, net::Instant now);
  void OnRtcp(Bytes packet, net::Instant now, media::Actions& actions);
  // BYE.
  void Close(media::Actions& actions);

  net::Instant NextDeadline() const;
  void OnTimeout(net::Instant now, rtp::NtpTime wall, media::Actions& actions);

  bool is_all_back() const;
  void AddTo(CallFacts& facts) const;

 private:
  MediaStream* StreamOf(uint8_t payload_type);
  void SendAudio(net::Instant now, media::Actions& actions);
  void SendFrame(net::Instant now, media::Actions& actions);
  void SendReports(net::Instant now, rtp::NtpTime wall, media::Actions& actions);
  void SendRequests(net::Instant now, media::Actions& actions);
  bool sends() const { return options_.mode != CallMode::kSource; }

  const Options options_;
  const uint32_t audio_ssrc_, video_ssrc_, rtx_ssrc_;
  std::optional<MediaStream> audio_, video_;
  uint16_t transport_number_ = 0;
  media::ArrivalFeedback feedback_;
  net::Instant begin_, end_;
  net::Instant next_audio_ = net::Instant::Max(), next_frame_ = net::Instant::Max();
  int64_t frame_ = 0;
  std::optional<media::ReportSchedule> reports_;  // from Start on
};

}  // namespace koeru::tools
