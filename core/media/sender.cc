#include "core/media/sender.h"

#include <algorithm>
#include <array>

#include "core/media/retransmission.h"
#include "core/media/section.h"

namespace koeru::media {

void Sender::OnSending(OutgoingStream& stream, MutableBytes packet, net::Instant now) {
  const auto view = rtp::RtpPacket::Parse(packet);
  if (!view.ok()) return;
  const Stamp stamp{next_transport_number_, AbsoluteSendTime(now)};
  if (stream.section->extensions().Rewrite(packet, *view, stamp)) ++next_transport_number_;
  stream.sent_counts.OnSent(view->sequence_number(), ++stream.packet_count);
  stream.octet_count += static_cast<uint32_t>(view->payload().size());
  ++stream.sent.packets;
  stream.sent.bytes += packet.size();
  if (view->marker()) ++stream.sent.frames;
  stream.rate.Add(packet.size(), now);
  if (!stream.history) return;
  stream.history->Remember(view->sequence_number(), packet, now);
  stream.retransmission_credit =
      std::min(OutgoingStream::kMostCredit,
               stream.retransmission_credit + static_cast<int64_t>(packet.size()));
}

void Sender::Resend(OutgoingStream& stream, uint16_t number, net::Duration round_trip_time,
                    net::Instant now, Actions& actions) {
  if (!stream.history || stream.section == nullptr) return;
  const auto half_a_second = static_cast<int64_t>(stream.rate.BitsPerSecond(now) / 8 / 2);
  stream.retransmission_credit =
      std::min(stream.retransmission_credit, std::max(half_a_second, OutgoingStream::kLeastBurst));
  if (stream.retransmission_credit <= 0) return;
  const Bytes original = stream.history->Recall(number, round_trip_time, now);
  const auto view = rtp::RtpPacket::Parse(original);
  if (!view.ok()) return;
  const Section& section = *stream.section;
  const std::optional<uint8_t> rtx = section.types()[view->payload_type()].rtx;
  size_t size = original.size();
  if (stream.rtx == nullptr || !rtx) {
    actions.AddRtp(original);
  } else {
    std::array<uint8_t, PacketHistory::kMostPacket + 2> buffer;
    size = WriteRtx(original, {*rtx, stream.rtx->next_number, stream.rtx->ssrc}, buffer);
    const MutableBytes packet = MutableBytes(buffer).first(size);
    const auto written = rtp::RtpPacket::Parse(packet);
    if (!written.ok()) return;
    ++stream.rtx->next_number;
    const Stamp stamp{next_transport_number_, AbsoluteSendTime(now)};
    if (section.extensions().Rewrite(packet, *written, stamp)) ++next_transport_number_;
    actions.AddRtp(packet);
  }
  stream.retransmission_credit -= static_cast<int64_t>(size);
  ++stream.sent.retransmissions;
  ++stream.sent.packets;
  stream.sent.bytes += size;
  stream.rate.Add(size, now);
}

}  // namespace koeru::media
