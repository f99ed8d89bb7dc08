#include <algorithm>

#include "core/media/key_frame.h"
#include "core/media/media_peer_impl.h"
#include "core/media/retransmission.h"

namespace koeru::media {
namespace {

// Padding is for the path that it came by. A packet of padding alone keeps one byte, because its
// number must not be missing. The size of what is left.
size_t WithoutPadding(MutableBytes packet, const rtp::RtpPacket& view) {
  if (view.padding_size() == 0) return packet.size();
  const size_t size = packet.size() - view.padding_size();
  if (!view.payload().empty()) {
    rtp::ClearPaddingBit(packet);
    return size;
  }
  packet[size] = 1;
  return size + 1;
}

}  // namespace

bool MediaPeer::Impl::OnRtp(MutableBytes packet, size_t& size, net::Instant now) {
  size = 0;
  if (is_closed_) return false;
  const auto view = rtp::RtpPacket::Parse(packet);
  if (!view.ok()) {
    ++drops_.malformed;
    return false;
  }
  // In front of all else: a sender that looks at feedback takes it for a path that carries no more.
  if (!limit_.Take(packet.size(), now)) {
    ++drops_.over_limit;
    return false;
  }
  Source* const source = SourceOf(*view, now);
  if (source == nullptr) return false;
  Section& section = source->section();
  const PayloadType& type = section.types()[view->payload_type()];
  // RFC 4588 section 5.2: retransmissions have an SSRC of their own.
  if (type.kind == PayloadType::Kind::kUnknown ||
      (type.kind == PayloadType::Kind::kRtx) != source->is_rtx()) {
    ++drops_.unknown_payload_type;
    return false;
  }
  ++section.received.packets;
  section.received.bytes += packet.size();
  section.rate.Add(packet.size(), now);
  rate_.Add(packet.size(), now);
  if (type.transport_cc) {
    if (const auto number = section.extensions().TransportSequenceNumberOf(*view)) {
      arrival_feedback_.OnPacket(*number, source->ssrc(), now);
      Wake(arrival_feedback_.NextDeadline());
    }
  }
  return source->is_rtx() ? OnRtx(*source, packet, *view, size, now)
                          : OnMedia(*source, packet, *view, size, now);
}

void MediaPeer::Impl::Wake(net::Instant at) { deadline_ = std::min(deadline_, at); }

// RFC 9143 section 9.2: by its SSRC, its mid, its payload type.
Source* MediaPeer::Impl::SourceOf(const rtp::RtpPacket& view, net::Instant now) {
  if (Source* const known = sources_.Find(view.ssrc())) return known;
  const auto drop = [](uint64_t& count) -> Source* {
    ++count;
    return nullptr;
  };
  if (sections_.IsOwn(view.ssrc())) return drop(drops_.own_ssrc);
  Section* const section = sections_.Of(view);
  if (section == nullptr) return drop(drops_.unknown_section);
  const PayloadType& type = section->types()[view.payload_type()];
  if (type.kind == PayloadType::Kind::kUnknown) return drop(drops_.unknown_payload_type);
  Source* const source = sources_.Add(view.ssrc(), *section, type.kind == PayloadType::Kind::kRtx,
                                      type.clock_rate, now);
  return source != nullptr ? source : drop(drops_.too_many_sources);
}

bool MediaPeer::Impl::IsNew(SequenceWindow::Arrival arrival) {
  if (arrival == SequenceWindow::Arrival::kDuplicate) ++drops_.duplicate;
  if (arrival == SequenceWindow::Arrival::kTooOld) ++drops_.late;
  return arrival == SequenceWindow::Arrival::kNew;
}

bool MediaPeer::Impl::OnRtx(Source& source, MutableBytes packet, const rtp::RtpPacket& view,
                            size_t& size, net::Instant now) {
  if (!IsNew(source.TakePacket(view, now).arrival)) return false;
  const auto number = OriginalSequenceNumber(view);
  if (!number) {
    ++probes_;
    return false;
  }
  Section& section = source.section();
  Source* const present = section.stream != nullptr ? section.stream->source : nullptr;
  Source* const original = sources_.Lacking(section, *number, present);
  if (original == nullptr) {
    ++drops_.duplicate;
    return false;
  }
  const uint8_t payload_type = section.types()[view.payload_type()].apt;
  const MutableBytes restored =
      packet.first(RestoreOriginal(packet, view, payload_type, original->ssrc()));
  const auto restored_view = rtp::RtpPacket::Parse(restored);
  if (!restored_view.ok()) return false;
  const Source::Taken taken = original->TakeRestored(*number, now);
  if (!IsNew(taken.arrival)) return false;
  ++section.received.retransmissions;
  if (restored_view->marker()) ++section.received.frames;
  return SendBack(*original, taken, restored, *restored_view, size, now);
}

bool MediaPeer::Impl::OnMedia(Source& source, MutableBytes packet, const rtp::RtpPacket& view,
                              size_t& size, net::Instant now) {
  Section& section = source.section();
  const bool is_first = !source.has_packets();
  const size_t missing_before = source.missing.count();
  const Source::Taken taken = source.TakePacket(view, now);
  if (!IsNew(taken.arrival)) return false;
  source.payload_type = view.payload_type();
  source.clock.OnPacket(view.timestamp(), now);
  if (view.marker()) ++section.received.frames;
  if (view.payload().empty()) ++probes_;
  if (source.missing.count() > missing_before) {
    Wake(std::max(now + rtp::MissingPackets::kPatience, requests_not_before_));
  }
  const auto format = section.types()[view.payload_type()].video_format;
  if (is_first && section.is_video() && !BeginsKeyFrame(format, view.payload())) {
    source.picture_wish.Want(PictureWish::Kind::kPli);
  }
  if (source.missing.TakeGivenUp() && section.is_video()) {
    source.picture_wish.Want(PictureWish::Kind::kPli);
  }
  const bool is_sent = SendBack(source, taken, packet, view, size, now);
  Wake(source.picture_wish.NextDeadline());
  return is_sent;
}

// Whether this is now the source whose packets the stream is.
bool MediaPeer::Impl::TakesOver(OutgoingStream& stream, Source& source, bool is_first,
                                net::Instant now) {
  if (stream.source == &source) return true;
  const bool is_free = stream.source == nullptr || now - stream.source->last_at() > kPause;
  if (!is_first && !is_free) return false;
  // In the middle of what it sends nobody can see anything before the next whole picture.
  if (!is_first) source.picture_wish.Want(PictureWish::Kind::kPli);
  return true;
}

bool MediaPeer::Impl::SendBack(Source& source, const Source::Taken& taken, MutableBytes packet,
                               const rtp::RtpPacket& view, size_t& size, net::Instant now) {
  OutgoingStream* const stream = source.section().stream;
  if (stream == nullptr || options_.mode == Mode::kSink || options_.mode == Mode::kSource) {
    return false;
  }
  const StreamPosition position{taken.number, view.timestamp()};
  const bool is_first = source.statistics.packets_received() == 1;
  if (!TakesOver(*stream, source, is_first, now)) {
    ++drops_.other_source;
    return false;
  }
  if (stream->source != &source) {
    stream->source = &source;
    stream->continuation.Begin(position, source.clock_rate(), now);
  }
  const auto mapped = stream->continuation.Map(position, now);
  if (!mapped) {
    ++drops_.late;
    return false;
  }
  packet = packet.first(WithoutPadding(packet, view));
  rtp::SetSsrc(packet, stream->ssrc);
  rtp::SetSequenceNumber(packet, static_cast<uint16_t>(mapped->number));
  rtp::SetTimestamp(packet, mapped->timestamp);
  if (options_.mode == Mode::kDelayedEcho) {
    delay_line_.Add(stream, packet, now);
    Wake(delay_line_.NextDeadline());
    return false;
  }
  sender_.OnSending(*stream, packet, now);
  size = packet.size();
  return true;
}

}  // namespace koeru::media
