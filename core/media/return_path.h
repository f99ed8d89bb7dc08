#pragma once

// What the path to the peer carries, for an echo: nobody encodes there, so the peer is asked to
// send less than comes back to it. Nothing is asked for before much was lost once.
//
//   ReturnPath path;
//   path.OnReport(block.fraction_lost / 256.0);               // of what was sent to the peer
//   path.Update(sent_bits_per_second);                        // once a second
//   if (auto most = path.bits_per_second()) Ask for no more   // REMB
//
// draft-ietf-rmcat-gcc-02 section 6: above 10 % of loss less, below 2 % more.

#include <algorithm>
#include <optional>

#include "core/media/bandwidth_estimate.h"

namespace koeru::media {

class ReturnPath {
 public:
  void OnReport(double fraction_lost) { worst_ = std::max(worst_.value_or(0), fraction_lost); }

  void Update(uint64_t sent_bits_per_second) {
    if (!worst_) return;
    if (!estimate_ && *worst_ > BandwidthEstimate::kMuchLoss) {
      estimate_.emplace(sent_bits_per_second);
    }
    if (estimate_) estimate_->Update(sent_bits_per_second, *worst_);
    worst_.reset();
  }

  std::optional<uint64_t> bits_per_second() const {
    if (!estimate_) return std::nullopt;
    return estimate_->bits_per_second();
  }

 private:
  std::optional<double> worst_;  // of the reports since the last Update()
  std::optional<BandwidthEstimate> estimate_;
};

}  // namespace koeru::media
