#include "core/media/arrival_feedback.h"

namespace koeru::media {

void ArrivalFeedback::Write(uint32_t own_ssrc, CompoundWriter& out) {
  while (auto feedback = recorder_.Take()) {
    feedback->sender_ssrc = own_ssrc;
    out.Add(*feedback);
    ++count_;
  }
  waiting_ = 0;
}

}  // namespace koeru::media
