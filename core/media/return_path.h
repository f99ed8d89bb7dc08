#pragma once

// What the path to the peer carries, for an echo: nobody encodes there, so the peer is asked to
// send less than comes back to it. Nothing is asked for before much was lost once.
//
//   ReturnPath path;
//   path.OnReport({.numbers = 100, .lost = 9, .sent = 95});   // of one stream, since its last one
//   path.Update(sent_bits_per_second);                        // once a second
//   if (auto most = path.bits_per_second()) Ask for no more   // REMB
//
// draft-ietf-rmcat-gcc-02 section 6: above 10 % of loss less, below 2 % more. What was lost on the
// way to us has a number in an echo, too, and the peer reports it as lost; that is left out. Few
// packets say nothing: of 30 with 5 % of loss one time in five more than 10 % are lost.

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/media/bandwidth_estimate.h"

namespace koeru::media {

class ReturnPath {
 public:
  // Packets that an Update() looks at, at least.
  static constexpr int64_t kLeastPackets = 100;

  struct Report {
    int64_t numbers = 0;  // sequence numbers that the peer has come further
    int64_t lost = 0;     // of those, as it counts; less than nothing when late ones came
    int64_t sent = 0;     // packets that we sent
  };
  void OnReport(const Report& report) {
    const int64_t never_sent = report.numbers - report.sent;
    lost_ += report.lost - never_sent;
    sent_ += report.sent;
  }

  void Update(uint64_t sent_bits_per_second) {
    if (sent_ < kLeastPackets) return;
    const double fraction_lost =
        static_cast<double>(std::clamp<int64_t>(lost_, 0, sent_)) / static_cast<double>(sent_);
    if (!estimate_ && fraction_lost > BandwidthEstimate::kMuchLoss) {
      estimate_.emplace(sent_bits_per_second);
    }
    if (estimate_) estimate_->Update(sent_bits_per_second, fraction_lost);
    lost_ = sent_ = 0;
  }

  std::optional<uint64_t> bits_per_second() const {
    if (!estimate_) return std::nullopt;
    return estimate_->bits_per_second();
  }

 private:
  int64_t lost_ = 0, sent_ = 0;  // of the reports since the last look
  std::optional<BandwidthEstimate> estimate_;
};

}  // namespace koeru::media
