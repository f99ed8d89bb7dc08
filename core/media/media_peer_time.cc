#include <algorithm>

#include "core/media/media_peer_impl.h"
#include "core/media/requests.h"

namespace koeru::media {

void MediaPeer::Impl::OnTimeout(net::Instant now, rtp::NtpTime wall, Actions& actions) {
  if (is_closed_) return;
  SendDelayed(now, actions);
  SendClip(now, actions);
  if (now >= RequestsDue() || now >= arrival_feedback_.NextDeadline()) SendFeedback(now, actions);
  SendReports(now, wall, actions);
  SetDeadline();
}

// As many as came in the same time, so this is bounded.
void MediaPeer::Impl::SendDelayed(net::Instant now, Actions& actions) {
  while (auto packet = delay_line_.Take(now)) {
    if (packet->to->section == nullptr) continue;  // no section is sent with it any more
    sender_.OnSending(*packet->to, packet->bytes, now);
    actions.AddRtp(packet->bytes);
  }
}

void MediaPeer::Impl::SendFeedback(net::Instant now, Actions& actions) {
  const uint32_t ssrc = sections_.own_ssrc();
  CompoundWriter out(ssrc, options_.cname, actions);
  if (now >= requests_not_before_) {
    requests_not_before_ = now + kRequestInterval;
    for (const auto& source : sources_) {
      if (now < RequestsDeadline(*source)) continue;
      WriteRequests(*source, ssrc, round_trip_.value_or_assumed(), now, out);
    }
  }
  if (now >= arrival_feedback_.NextDeadline()) arrival_feedback_.Write(ssrc, out);
}

ReportContext MediaPeer::Impl::Context(net::Instant now, rtp::NtpTime wall) {
  return {sections_, sources_, clock_, round_trip_, now, wall, delay_line_.delay()};
}

// Where transport-wide feedback was agreed on the peer makes its own estimate of the way to us, and
// needs to be told of our limit and of the way back alone.
bool MediaPeer::Impl::WantsRemb(const Section& section) const {
  if (!section.receives() || !section.types().remb()) return false;
  return options_.max_bits_per_second > 0 || return_path_.bits_per_second() ||
         !section.types().transport_cc();
}

uint64_t MediaPeer::Impl::RembOf(const Section& section, net::Instant now) {
  estimate_.Update(rate_.BitsPerSecond(now), FractionLost(sources_));
  uint64_t most = section.types().transport_cc() ? UINT64_MAX : estimate_.bits_per_second();
  if (options_.max_bits_per_second > 0) most = std::min(most, options_.max_bits_per_second);
  return std::min(most, return_path_.bits_per_second().value_or(UINT64_MAX));
}

uint64_t MediaPeer::Impl::SentBitsPerSecond(net::Instant now) const {
  uint64_t sent = 0;
  for (const auto& section : sections_) {
    if (section->stream != nullptr) sent += section->stream->rate.BitsPerSecond(now);
  }
  return sent;
}

void MediaPeer::Impl::SendReports(net::Instant now, rtp::NtpTime wall, Actions& actions) {
  const ReportContext context = Context(now, wall);
  CompoundWriter out(sections_.own_ssrc(), options_.cname, actions);
  bool has_remb = false;  // one section's reports carry it
  for (const auto& section : sections_) {
    const bool carries_remb = !has_remb && WantsRemb(*section);
    has_remb = has_remb || carries_remb;
    if (now < section->schedule.next()) continue;
    section->schedule.Advance(now);
    // Data channels have no reports.
    if (!section->receives() && section->stream == nullptr) continue;
    WriteReport(*section, context, out);
    if (section->is_video()) return_path_.Update(SentBitsPerSecond(now));
    if (carries_remb) WriteRemb(RembOf(*section, now), context, out);
  }
}

net::Instant MediaPeer::Impl::RequestsDue() const {
  net::Instant due = net::Instant::Max();
  for (const auto& source : sources_) due = std::min(due, RequestsDeadline(*source));
  return std::max(due, requests_not_before_);
}

void MediaPeer::Impl::SetDeadline() {
  if (is_closed_) return;
  deadline_ =
      std::min({RequestsDue(), arrival_feedback_.NextDeadline(), delay_line_.NextDeadline()});
  for (const auto& section : sections_) {
    deadline_ = std::min(deadline_, section->schedule.next());
    if (section->stream == nullptr || section->stream->clip == nullptr) continue;
    deadline_ = std::min(deadline_, section->stream->clip->NextDeadline());
  }
}

}  // namespace koeru::media
