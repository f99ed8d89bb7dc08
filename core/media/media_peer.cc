#include "core/media/media_peer.h"

#include <algorithm>

#include "core/media/media_peer_impl.h"

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

net::Duration DelayOf(const MediaPeerOptions& options) {
  if (options.mode != Mode::kDelayedEcho) return {};
  return std::clamp<net::Duration>(options.delay, milliseconds(500), milliseconds(5000));
}

std::optional<double> InMilliseconds(uint32_t units, uint32_t clock_rate) {
  if (clock_rate == 0) return std::nullopt;
  return units * 1000.0 / clock_rate;
}

}  // namespace

MediaPeer::Impl::Impl(std::vector<sdp::AnsweredMedia> media, MediaPeerOptions options,
                      net::Instant now)
    : options_(std::move(options)),
      delay_line_(DelayOf(options_)),
      limit_(options_.max_bits_per_second, now),
      clip_(options_.clip),
      clip_began_(now) {
  SetMedia(std::move(media), now);
}

void MediaPeer::Impl::SetMedia(std::vector<sdp::AnsweredMedia> media, net::Instant now) {
  const auto gone = sections_.Assign(std::move(media), now);
  sources_.Remove([&gone](const Source& source) {
    return !source.section().receives() ||
           std::any_of(gone.begin(), gone.end(), [&source](const auto& section) {
             return section.get() == &source.section();
           });
  });
  BeginClip(now);
  SetDeadline();
}

// RFC 3550 section 6.6: a compound with BYE, whose report comes first.
void MediaPeer::Impl::Close(net::Instant now, rtp::NtpTime wall, Actions& actions) {
  if (is_closed_) return;
  is_closed_ = true;
  deadline_ = net::Instant::Max();
  const ReportContext context = Context(now, wall);
  CompoundWriter out(sections_.own_ssrc(), options_.cname, actions);
  bool has_stream = false;
  for (const auto& section : sections_) {
    if (section->stream == nullptr) continue;
    has_stream = true;
    WriteReport(*section, context, out);
    rtp::Bye bye{{section->stream->ssrc}};
    if (section->stream->rtx != nullptr) bye.ssrcs.push_back(section->stream->rtx->ssrc);
    out.Add(bye);
  }
  if (!has_stream) out.Add(rtp::Bye{{sections_.own_ssrc()}});
}

DirectionQuality MediaPeer::Impl::ReceivedOf(const Section& section, net::Instant now) const {
  DirectionQuality received = section.received;
  received.bits_per_second = section.rate.BitsPerSecond(now);
  received.lost = section.lost_of_ended;
  const Source* newest = nullptr;
  for (const auto& source : sources_) {
    if (&source->section() != &section || source->is_rtx() || !source->has_packets()) continue;
    received.lost += source->statistics.packets_lost();
    if (newest == nullptr || source->last_at() > newest->last_at()) newest = source.get();
  }
  if (newest != nullptr) {
    received.fraction_lost = newest->fraction_lost;
    received.jitter_ms = InMilliseconds(newest->statistics.jitter(), newest->clock_rate());
  }
  return received;
}

DirectionQuality MediaPeer::Impl::SentOf(const Section& section, net::Instant now) const {
  if (section.stream == nullptr) return {};
  const OutgoingStream& stream = *section.stream;
  DirectionQuality sent = stream.sent;
  sent.bits_per_second = stream.rate.BitsPerSecond(now);
  if (stream.report) {
    sent.lost = stream.report->packets_lost;
    sent.fraction_lost = stream.report->fraction_lost / 256.0;
    if (stream.source != nullptr) {
      sent.jitter_ms = InMilliseconds(stream.report->jitter, stream.source->clock_rate());
    } else if (stream.is_from_clip()) {
      sent.jitter_ms = InMilliseconds(stream.report->jitter, stream.clip->clock_rate());
    }
  }
  return sent;
}

net::Instant MediaPeer::Impl::NextDeadline() const { return deadline_; }

Quality MediaPeer::Impl::GetQuality(net::Instant now) const {
  Quality quality;
  for (const auto& section : sections_) {
    quality.sections.push_back({section->media().mid, section->media().media,
                                ReceivedOf(*section, now), SentOf(*section, now),
                                ProblemOf(*section)});
  }
  if (const auto round_trip = round_trip_.value()) {
    quality.round_trip_ms = static_cast<double>(round_trip->count()) / 1e6;
  }
  quality.remb_bits_per_second = peers_estimate_;
  quality.probes = probes_;
  quality.transport_feedbacks = arrival_feedback_.count();
  quality.drops = drops_;
  quality.drops.delay_full = delay_line_.dropped();
  return quality;
}

bool MediaPeer::Impl::IsConsistent() const {
  if (sources_.size() > Sources::kMost || delay_line_.bytes() > decltype(delay_line_)::kMostBytes) {
    return false;
  }
  for (const auto& source : sources_) {
    const bool has_section =
        std::any_of(sections_.begin(), sections_.end(),
                    [&source](const auto& section) { return section.get() == &source->section(); });
    if (!has_section || !source->section().receives()) return false;
    if (source->missing.count() > rtp::MissingPackets::kMostMissing) return false;
  }
  return std::all_of(sections_.begin(), sections_.end(),
                     [this](const auto& section) { return IsConsistent(*section); });
}

bool MediaPeer::Impl::IsConsistent(const Section& section) const {
  if (section.stream == nullptr) return true;
  const OutgoingStream& stream = *section.stream;
  if (stream.section != &section || stream.ssrc != section.media().ssrc) return false;
  if (stream.retransmission_credit > OutgoingStream::kMostCredit) return false;
  if (stream.source == nullptr) return true;
  return &stream.source->section() == &section &&
         std::any_of(sources_.begin(), sources_.end(),
                     [&stream](const auto& source) { return source.get() == stream.source; });
}

MediaPeer::MediaPeer(std::vector<sdp::AnsweredMedia> media, MediaPeerOptions options,
                     net::Instant now)
    : impl_(std::make_unique<Impl>(std::move(media), std::move(options), now)) {}
MediaPeer::~MediaPeer() = default;

bool MediaPeer::OnRtp(MutableBytes packet, size_t& size, net::Instant now, Actions&) {
  return impl_->OnRtp(packet, size, now);
}
void MediaPeer::OnRtcp(Bytes compound, net::Instant now, rtp::NtpTime wall, Actions& actions) {
  impl_->OnRtcp(compound, now, wall, actions);
}
net::Instant MediaPeer::NextDeadline() const { return impl_->NextDeadline(); }
void MediaPeer::OnTimeout(net::Instant now, rtp::NtpTime wall, Actions& actions) {
  impl_->OnTimeout(now, wall, actions);
}
void MediaPeer::SetMedia(std::vector<sdp::AnsweredMedia> media, net::Instant now) {
  impl_->SetMedia(std::move(media), now);
}
void MediaPeer::SetClip(std::shared_ptr<const Clip> clip, net::Instant now) {
  impl_->SetClip(std::move(clip), now);
}
void MediaPeer::Close(net::Instant now, rtp::NtpTime wall, Actions& actions) {
  impl_->Close(now, wall, actions);
}
bool MediaPeer::IsConsistent() const { return impl_->IsConsistent(); }
Quality MediaPeer::GetQuality(net::Instant now) const { return impl_->GetQuality(now); }

}  // namespace koeru::media
