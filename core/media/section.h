#pragma once

// A media section as it was agreed on, and what came in it. It stays when a renegotiation keeps its
// mid (Sections::Assign).

#include <utility>

#include "core/media/extensions.h"
#include "core/media/payload_types.h"
#include "core/media/quality.h"
#include "core/media/rate_meter.h"
#include "core/media/report_schedule.h"

namespace koeru::media {

struct OutgoingStream;

class Section {
 public:
  Section(sdp::AnsweredMedia agreed, uint32_t seed, net::Instant now)
      : schedule(seed, now),
        media_(std::move(agreed)),
        types_(media_.codecs),
        extensions_(media_) {}

  void Agree(sdp::AnsweredMedia agreed) {
    media_ = std::move(agreed);
    types_ = PayloadTypes(media_.codecs);
    extensions_ = Extensions(media_);
  }

  const sdp::AnsweredMedia& media() const { return media_; }
  const PayloadTypes& types() const { return types_; }
  const Extensions& extensions() const { return extensions_; }
  bool is_video() const { return media_.media == "video"; }
  bool receives() const { return media_.accepted && media_.receives; }

  // Where its media go back; null: they do not.
  OutgoingStream* stream = nullptr;
  DirectionQuality received;  // what is counted here
  RateMeter rate;
  int64_t lost_of_ended = 0;  // of sources that are gone
  ReportSchedule schedule;

 private:
  sdp::AnsweredMedia media_;
  PayloadTypes types_;
  Extensions extensions_;
};

}  // namespace koeru::media
