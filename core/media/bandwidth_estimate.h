#pragma once

// What the path from the peer carries, as far as loss tells, for REMB
// (draft-alvestrand-rmcat-remb-03), where there is no transport-wide feedback from which the peer
// could find out itself.
//
//   BandwidthEstimate estimate;
//   estimate.Update(received_bits_per_second, fraction_lost);      // with each report
//   remb.bitrate = estimate.bits_per_second();
//
// draft-ietf-rmcat-gcc-02 section 6: above 10 % of loss less, below 2 % more; section 5.5: never
// more than one and a half times what really comes.

#include <cstdint>

namespace koeru::media {

class BandwidthEstimate {
 public:
  static constexpr uint64_t kStart = 1'000'000;
  static constexpr uint64_t kLeast = 50'000;
  static constexpr double kMuchLoss = 0.1, kLittleLoss = 0.02;

  explicit BandwidthEstimate(uint64_t start = kStart) : bits_per_second_(start) {}

  void Update(uint64_t received_bits_per_second, double fraction_lost);
  uint64_t bits_per_second() const { return bits_per_second_; }

 private:
  uint64_t bits_per_second_;
};

}  // namespace koeru::media
