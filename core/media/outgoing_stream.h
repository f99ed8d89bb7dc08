#pragma once

// An SSRC of ours. It lives as long as the call, also while no section uses it: its numbers must
// never be used again (RFC 3711 section 9.1).

#include <memory>
#include <optional>

#include "core/media/clip_stream.h"
#include "core/media/continuation.h"
#include "core/media/packet_history.h"
#include "core/media/quality.h"
#include "core/media/rate_meter.h"
#include "core/media/sent_counts.h"
#include "core/rtp/report.h"

namespace koeru::media {

class Section;
class Source;

// The SSRC of retransmissions, with numbers of its own (RFC 4588 section 4).
struct RtxStream {
  explicit RtxStream(uint32_t its_ssrc)
      : ssrc(its_ssrc),
        // RFC 3550 section 5.1: "SHOULD be random"; the SSRC is. In the lower half, as RFC 3711
        // section 3.3.1 would have it.
        next_number(static_cast<uint16_t>((its_ssrc * 2654435761u) >> 17)) {}

  const uint32_t ssrc;
  uint16_t next_number;
};

struct OutgoingStream {
  explicit OutgoingStream(uint32_t its_ssrc) : ssrc(its_ssrc) {}

  const uint32_t ssrc;
  RtxStream* rtx = nullptr;
  Section* section = nullptr;  // null: of none at present
  Source* source = nullptr;    // of the peer, whose packets these are
  Continuation continuation;
  std::unique_ptr<ClipStream> clip;        // Mode::kSource; null: never sent from a clip
  std::unique_ptr<PacketHistory> history;  // null: nothing is sent again

  bool is_from_clip() const { return clip != nullptr && clip->is_sending(); }

  // Of the sender report.
  uint32_t packet_count = 0;
  uint32_t octet_count = 0;
  uint32_t packet_count_before = 0;  // at the report before
  SentCounts sent_counts;            // of packet_count

  // In bytes: what was sent may be sent again, once on average. At once it is half a second's worth
  // of what is sent, so that a way that has become narrow is not filled further; a picture at
  // least.
  static constexpr int64_t kLeastBurst = 24 * 1024, kMostCredit = 128 * 1024;
  int64_t retransmission_credit = 0;

  DirectionQuality sent;  // what is counted here
  RateMeter rate;
  std::optional<rtp::ReportBlock> report;           // the peer's last one
  std::optional<uint8_t> fir_sequence_number = {};  // of the peer's last wish
};

}  // namespace koeru::media
