#include "native_server/tools/call/call_media.h"

#include <algorithm>
#include <array>

#include "core/media/compound.h"
#include "core/rtp/header_extension.h"
#include "core/rtp/nack.h"
#include "core/rtp/source_description.h"
#include "native_server/io/random.h"

namespace koeru::tools {
namespace {

constexpr std::string_view kCname = "koeru-call";
// As Opus has it at 32 kbit/s: 80 bytes in 20 ms.
constexpr size_t kAudioPayload = 80;
constexpr uint32_t kAudioClock = 48000, kVideoClock = 90000;
// VP8's payload descriptor and the first byte of its header.
constexpr size_t kVideoPrefix = 2;
// A sender that could not keep up does not catch up on more than this.
constexpr net::Duration kMostLate = std::chrono::milliseconds(200);

net::Instant FrameTime(net::Instant begin, int64_t frame) {
  return begin + net::Duration(std::chrono::seconds(1)) * frame / CallMedia::kFramesPerSecond;
}

// Two seconds of what is sent, for those that are asked for again.
size_t HistoryOf(int bitrate_kbps) {
  return std::min<size_t>(static_cast<size_t>(bitrate_kbps) * 125 * 2 + (32 << 10), 2 << 20);
}

}  // namespace

CallMedia::CallMedia(const Options& options, relay::RandomSource& random)
    : options_(options),
      audio_ssrc_(static_cast<uint32_t>(server::RandomNumber(random)) | 1),
      video_ssrc_((audio_ssrc_ + 0x10000) & ~1u),
      rtx_ssrc_(video_ssrc_ + 0x10000) {
  const bool is_stamped = options.mode != CallMode::kSource;
  if (options.audio) {
    audio_.emplace(MediaStream::Options{.payload_type = kAudioType,
                                        .clock_rate = kAudioClock,
                                        .ssrc = audio_ssrc_,
                                        .is_stamped = is_stamped});
  }
  if (options.video) {
    video_.emplace(MediaStream::Options{.payload_type = kVideoType,
                                        .rtx_payload_type = kRtxType,
                                        .clock_rate = kVideoClock,
                                        .ssrc = video_ssrc_,
                                        .rtx_ssrc = rtx_ssrc_,
                                        .prefix = kVideoPrefix,
                                        .history_bytes = HistoryOf(options.bitrate_kbps),
                                        .is_stamped = is_stamped});
  }
}

void CallMedia::Start(net::Instant now, net::Instant end) {
  begin_ = now;
  end_ = end;
  reports_.emplace(audio_ssrc_, now);
  if (!sends()) return;
  if (audio_) next_audio_ = now;
  if (video_) next_frame_ = now;
}

MediaStream* CallMedia::StreamOf(uint8_t payload_type) {
  if (audio_ && payload_type == kAudioType) return &*audio_;
  const bool is_video = payload_type == kVideoType || payload_type == kRtxType;
  return video_ && is_video ? &*video_ : nullptr;
}

void CallMedia::OnRtp(MutableBytes packet, net::Instant now) {
  const auto view = rtp::RtpPacket::Parse(packet);
  if (!view.ok()) return;
  MediaStream* const stream = StreamOf(view->payload_type());
  if (stream == nullptr) return;
  if (const auto number = rtp::FindExtension(*view, MediaStream::kTransportNumberId);
      number && number->data.size() == 2) {
    feedback_.OnPacket(Reader(number->data).U16(), view->ssrc(), now);
  }
  stream->OnPacket(packet, *view, now);
}

void CallMedia::OnRtcp(Bytes datagram, net::Instant now, media::Actions& actions) {
  const auto take_blocks = [&](const std::vector<rtp::ReportBlock>& blocks) {
    for (const rtp::ReportBlock& block : blocks) {
      if (audio_) audio_->OnReportBlock(block, now);
      if (video_) video_->OnReportBlock(block, now);
    }
  };
  rtp::RtcpPackets packets(datagram);
  while (const auto packet = packets.Next()) {
    if (packet->Is<rtp::SenderReport>()) {
      const auto report = rtp::SenderReport::Decode(*packet);
      if (!report.ok()) return;
      if (audio_) audio_->OnSenderReport(*report, now);
      if (video_) video_->OnSenderReport(*report, now);
      take_blocks(report->blocks);
    } else if (packet->Is<rtp::ReceiverReport>()) {
      if (const auto report = rtp::ReceiverReport::Decode(*packet); report.ok()) {
        take_blocks(report->blocks);
      }
    } else if (packet->Is<rtp::Nack>()) {
      const auto nack = rtp::Nack::Decode(*packet);
      if (!nack.ok() || !video_ || nack->media_ssrc != video_ssrc_) continue;
      std::array<uint8_t, MediaStream::kMostPacket> room;
      for (const uint16_t number : nack->sequence_numbers) {
        const Bytes again = video_->Again(number, transport_number_, room, now);
        if (again.empty()) continue;
        ++transport_number_;
        actions.AddRtp(again);
      }
    }
  }
}

net::Instant CallMedia::NextDeadline() const {
  net::Instant deadline = std::min(next_audio_, next_frame_);
  deadline = std::min(deadline, feedback_.NextDeadline());
  if (reports_) deadline = std::min(deadline, reports_->next());
  if (video_) deadline = std::min(deadline, video_->MissingDeadline());
  return deadline;
}

void CallMedia::OnTimeout(net::Instant now, rtp::NtpTime wall, media::Actions& actions) {
  while (next_audio_ <= now) SendAudio(now, actions);
  while (next_frame_ <= now) SendFrame(now, actions);
  if (now >= feedback_.NextDeadline() || (video_ && now >= video_->MissingDeadline())) {
    SendRequests(now, actions);
  }
  if (reports_ && now >= reports_->next()) {
    reports_->Advance(now);
    SendReports(now, wall, actions);
  }
}

void CallMedia::SendAudio(net::Instant now, media::Actions& actions) {
  const auto packets = (next_audio_ - begin_) / kAudioInterval;
  const bool is_too_late = now - next_audio_ > kMostLate;
  next_audio_ = next_audio_ + kAudioInterval;
  if (next_audio_ >= end_) next_audio_ = net::Instant::Max();
  if (is_too_late) return;
  std::array<uint8_t, MediaStream::kMostPacket> room;
  actions.AddRtp(audio_->Make(room,
                              {.size = kAudioPayload,
                               .timestamp = static_cast<uint32_t>(packets) * (kAudioClock / 50),
                               .transport_number = transport_number_++},
                              now));
}

// A frame in packets of equal size, which leave as one run (UDP_SEGMENT).
void CallMedia::SendFrame(net::Instant now, media::Actions& actions) {
  const auto timestamp = static_cast<uint32_t>(frame_ * (kVideoClock / kFramesPerSecond));
  const bool is_too_late = now - next_frame_ > kMostLate;
  next_frame_ = FrameTime(begin_, ++frame_);
  if (next_frame_ >= end_) next_frame_ = net::Instant::Max();
  if (is_too_late) return;
  const size_t bytes = static_cast<size_t>(options_.bitrate_kbps) * 125 / kFramesPerSecond;
  const size_t count =
      std::max<size_t>((bytes + MediaStream::kMostPayload - 1) / MediaStream::kMostPayload, 1);
  const size_t size = std::max(bytes / count, kVideoPrefix + MediaStamp::kSize);
  std::array<uint8_t, MediaStream::kMostPacket> room;
  for (size_t i = 0; i < count; ++i) {
    actions.AddRtp(video_->Make(room,
                                {.size = size,
                                 .timestamp = timestamp,
                                 .marker = i + 1 == count,
                                 .is_first = i == 0,
                                 .transport_number = transport_number_++},
                                now));
  }
}

// RFC 3550 section 6.1: a compound for each section.
void CallMedia::SendReports(net::Instant now, rtp::NtpTime wall, media::Actions& actions) {
  for (auto* stream : {&audio_, &video_}) {
    if (!*stream) continue;
    media::CompoundWriter out((*stream)->ssrc(), kCname, actions);
    rtp::SenderReport report = (*stream)->Report(now, wall);
    if (sends() && (*stream)->sent() > 0) {
      out.Begin(report);
    } else {
      out.Begin(rtp::ReceiverReport{.ssrc = report.ssrc, .blocks = std::move(report.blocks)});
    }
  }
}

void CallMedia::SendRequests(net::Instant now, media::Actions& actions) {
  media::CompoundWriter out(video_ ? video_ssrc_ : audio_ssrc_, kCname, actions);
  if (now >= feedback_.NextDeadline()) feedback_.Write(video_ssrc_, out);
  if (!video_) return;
  std::vector<uint16_t> missing = video_->Missing(now);
  if (missing.empty()) return;
  out.Add(rtp::Nack{.sender_ssrc = video_ssrc_,
                    .media_ssrc = video_->remote_ssrc(),
                    .sequence_numbers = std::move(missing)});
}

void CallMedia::Close(media::Actions& actions) {
  media::CompoundWriter out(audio_ssrc_, kCname, actions);
  rtp::Bye bye;
  if (audio_) bye.ssrcs.push_back(audio_ssrc_);
  if (video_) bye.ssrcs.insert(bye.ssrcs.end(), {video_ssrc_, rtx_ssrc_});
  if (!bye.ssrcs.empty()) out.Add(bye);
}

bool CallMedia::is_all_back() const {
  return (!audio_ || audio_->is_all_back()) && (!video_ || video_->is_all_back());
}

void CallMedia::AddTo(CallFacts& facts) const {
  if (audio_) facts.audio = audio_->Facts();
  if (video_) facts.video = video_->Facts();
}

}  // namespace koeru::tools
