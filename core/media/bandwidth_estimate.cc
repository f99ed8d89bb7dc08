#include "core/media/bandwidth_estimate.h"

#include <algorithm>

namespace koeru::media {

void BandwidthEstimate::Update(uint64_t received_bits_per_second, double fraction_lost) {
  if (fraction_lost > kMuchLoss) {
    const double kept = 1 - 0.5 * std::min(fraction_lost, 1.0);
    bits_per_second_ = static_cast<uint64_t>(static_cast<double>(bits_per_second_) * kept);
  } else if (fraction_lost < kLittleLoss) {
    // More than half again as much as comes was never tried. It is no reason for less, either: a
    // sender may have nothing to say.
    const uint64_t most =
        std::max(bits_per_second_, received_bits_per_second + received_bits_per_second / 2);
    bits_per_second_ = std::min(most, bits_per_second_ + bits_per_second_ / 20 + 1000);
  }
  bits_per_second_ = std::max(bits_per_second_, kLeast);
}

}  // namespace koeru::media
