#include <algorithm>

#include "core/media/media_peer_impl.h"
#include "core/rtp/nack.h"
#include "core/rtp/picture_request.h"
#include "core/rtp/remb.h"

namespace koeru::media {

void MediaPeer::Impl::OnRtcp(Bytes compound, net::Instant now, rtp::NtpTime wall,
                             Actions& actions) {
  if (is_closed_) return;
  size_t answers_left = kMostAnswers;
  rtp::RtcpPackets packets(compound);
  while (const auto packet = packets.Next()) {
    if (packet->Is<rtp::Nack>()) {
      OnNack(*packet, answers_left, now, actions);
    } else if (packet->Is<rtp::FullIntraRequest>()) {
      OnFullIntraRequest(*packet);
    } else if (packet->Is<rtp::PictureLossIndication>()) {
      const auto pli = rtp::PictureLossIndication::Decode(*packet);
      if (pli.ok()) OnPictureRequest(pli->media_ssrc, PictureWish::Kind::kPli);
    } else {
      OnOther(*packet, now, wall);
    }
  }
  // The first time that a key frame is asked for it is urgent.
  if (now >= RequestsDue()) SendFeedback(now, actions);
  SetDeadline();
}

void MediaPeer::Impl::OnOther(const rtp::RtcpPacket& packet, net::Instant now, rtp::NtpTime wall) {
  if (packet.Is<rtp::SenderReport>()) {
    const auto report = rtp::SenderReport::Decode(packet);
    if (!report.ok()) return;
    OnBlocks(report->blocks, now);
    Source* const source = sources_.Find(report->ssrc);
    // RFC 3550 section 6.4.1: a sender without a clock may set the NTP timestamp to zero.
    if (source == nullptr || report->ntp_timestamp == 0) return;
    source->statistics.OnSenderReport(*report, now);
    source->clock.OnSenderReport(*report);
    clock_.OnSenderReport(*report, wall);
  } else if (packet.Is<rtp::ReceiverReport>()) {
    if (const auto report = rtp::ReceiverReport::Decode(packet); report.ok()) {
      OnBlocks(report->blocks, now);
    }
  } else if (packet.Is<rtp::Bye>()) {
    const auto bye = rtp::Bye::Decode(packet);
    if (!bye.ok()) return;
    sources_.Remove([&bye](const Source& source) {
      return std::find(bye->ssrcs.begin(), bye->ssrcs.end(), source.ssrc()) != bye->ssrcs.end();
    });
  } else if (packet.Is<rtp::Remb>()) {
    if (const auto remb = rtp::Remb::Decode(packet); remb.ok()) peers_estimate_ = remb->bitrate;
  }
}

// Between the report before and this one. Nothing for the first, and for one that is older.
std::optional<ReturnPath::Report> MediaPeer::Impl::WayBack(const OutgoingStream& stream,
                                                           const rtp::ReportBlock& block) {
  if (!stream.report) return std::nullopt;
  const rtp::ReportBlock& before = *stream.report;
  const auto up_to = [&](const rtp::ReportBlock& of) {
    return stream.sent_counts.UpTo(static_cast<uint16_t>(of.highest_sequence_number));
  };
  const auto sent_before = up_to(before), sent = up_to(block);
  const auto numbers =
      static_cast<int32_t>(block.highest_sequence_number - before.highest_sequence_number);
  if (!sent_before || !sent || numbers < 0) return std::nullopt;
  return ReturnPath::Report{.numbers = numbers,
                            .lost = int64_t{block.packets_lost} - before.packets_lost,
                            .sent = static_cast<int32_t>(*sent - *sent_before)};
}

void MediaPeer::Impl::OnBlocks(const std::vector<rtp::ReportBlock>& blocks, net::Instant now) {
  for (const rtp::ReportBlock& block : blocks) {
    OutgoingStream* const stream = sections_.StreamOf(block.ssrc);
    if (stream == nullptr) continue;
    // A clip is what it is.
    if (stream->source != nullptr) {
      if (const auto way_back = WayBack(*stream, block)) return_path_.OnReport(*way_back);
    }
    stream->report = block;
    round_trip_.OnReport(block, now);
  }
}

void MediaPeer::Impl::OnNack(const rtp::RtcpPacket& packet, size_t& answers_left, net::Instant now,
                             Actions& actions) {
  const auto nack = rtp::Nack::Decode(packet);
  if (!nack.ok()) return;
  OutgoingStream* const stream = sections_.StreamOf(nack->media_ssrc);
  if (stream == nullptr) return;
  stream->sent.nacked_packets += nack->sequence_numbers.size();
  for (const uint16_t number : nack->sequence_numbers) {
    if (answers_left == 0) return;
    --answers_left;
    sender_.Resend(*stream, number, round_trip_.value_or_assumed(), now, actions);
  }
}

// What the peer wants to see is what it sends itself.
void MediaPeer::Impl::OnPictureRequest(uint32_t ssrc, PictureWish::Kind kind) {
  OutgoingStream* const stream = sections_.StreamOf(ssrc);
  if (stream == nullptr) return;
  ++(kind == PictureWish::Kind::kFir ? stream->sent.firs : stream->sent.plis);
  if (stream->source != nullptr) stream->source->picture_wish.Want(kind);
}

void MediaPeer::Impl::OnFullIntraRequest(const rtp::RtcpPacket& packet) {
  const auto request = rtp::FullIntraRequest::Decode(packet);
  if (!request.ok()) return;
  for (const rtp::FullIntraRequest::Entry& entry : request->entries) {
    OutgoingStream* const stream = sections_.StreamOf(entry.ssrc);
    // RFC 5104 section 4.3.1.1: the same sequence number is the same wish again.
    if (stream == nullptr || stream->fir_sequence_number == entry.sequence_number) continue;
    stream->fir_sequence_number = entry.sequence_number;
    OnPictureRequest(entry.ssrc, PictureWish::Kind::kFir);
  }
}

}  // namespace koeru::media
