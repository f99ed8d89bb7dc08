#include "core/media/requests.h"

#include <algorithm>

#include "core/media/section.h"
#include "core/rtp/nack.h"
#include "core/rtp/picture_request.h"

namespace koeru::media {
namespace {

// So many entries of NACK fit in a compound, whatever the numbers.
constexpr size_t kMostNumbers = 200;

void WriteNacks(Source& source, std::span<const uint16_t> numbers, uint32_t own_ssrc,
                CompoundWriter& out) {
  numbers = numbers.first(std::min<size_t>(numbers.size(), source.nack_credit));
  source.nack_credit -= static_cast<uint32_t>(numbers.size());
  source.section().received.nacked_packets += numbers.size();
  while (!numbers.empty()) {
    const auto part = numbers.first(std::min(kMostNumbers, numbers.size()));
    out.Add(rtp::Nack{own_ssrc, source.ssrc(), {part.begin(), part.end()}});
    numbers = numbers.subspan(part.size());
  }
}

void RequestPackets(Source& source, uint32_t own_ssrc, net::Duration round_trip_time,
                    net::Instant now, CompoundWriter& out) {
  const std::vector<uint16_t> numbers = source.missing.Due(now, round_trip_time);
  const bool given_up = source.missing.TakeGivenUp();
  if (source.section().types()[source.payload_type].nack) {
    if (!numbers.empty()) WriteNacks(source, numbers, own_ssrc, out);
    if (given_up) source.picture_wish.Want(PictureWish::Kind::kPli);
  } else if (!numbers.empty() &&
             (!source.newest_gap || rtp::IsNewer(numbers.back(), *source.newest_gap))) {
    // Nobody can be asked for what is missing, which is known at its first time already.
    source.newest_gap = numbers.back();
    source.picture_wish.Want(PictureWish::Kind::kPli);
  }
}

void RequestPicture(Source& source, uint32_t own_ssrc, net::Instant now, CompoundWriter& out) {
  const auto kind = source.picture_wish.Due(now);
  Section& section = source.section();
  const PayloadType& type = section.types()[source.payload_type];
  if (!kind || !section.is_video() || (!type.pli && !type.fir)) return;
  if (type.fir && (*kind == PictureWish::Kind::kFir || !type.pli)) {
    ++section.received.firs;
    out.Add(rtp::FullIntraRequest{own_ssrc, {{source.ssrc(), source.fir_sequence_number++}}});
  } else {
    ++section.received.plis;
    out.Add(rtp::PictureLossIndication{own_ssrc, source.ssrc()});
  }
}

}  // namespace

void WriteRequests(Source& source, uint32_t own_ssrc, net::Duration round_trip_time,
                   net::Instant now, CompoundWriter& out) {
  if (source.is_rtx()) return;
  RequestPackets(source, own_ssrc, round_trip_time, now, out);
  RequestPicture(source, own_ssrc, now, out);
}

net::Instant RequestsDeadline(const Source& source) {
  if (source.is_rtx()) return net::Instant::Max();
  return std::min(source.missing.NextDeadline(), source.picture_wish.NextDeadline());
}

}  // namespace koeru::media
