#include <opus/opus.h>

#include "native_server/media/clip/encoders.h"

namespace koeru::server {
namespace {

constexpr int kBits_per_second = 24000;

}  // namespace

struct OpusFrames::State {
  OpusEncoder* encoder = nullptr;
  ~State() { opus_encoder_destroy(encoder); }
};

// Without DTX: silence is packets, too.
OpusFrames::OpusFrames() {
  int error = OPUS_OK;
  OpusEncoder* encoder = opus_encoder_create(kSampleRate, 1, OPUS_APPLICATION_AUDIO, &error);
  if (encoder == nullptr) return;
  state_ = std::make_unique<State>();
  state_->encoder = encoder;
  if (error != OPUS_OK ||
      opus_encoder_ctl(encoder, OPUS_SET_BITRATE(kBits_per_second)) != OPUS_OK ||
      opus_encoder_ctl(encoder, OPUS_SET_DTX(0)) != OPUS_OK) {
    state_.reset();
  }
}

OpusFrames::~OpusFrames() = default;

Bytes OpusFrames::Encode(std::span<const int16_t, kSamplesOfFrame> samples) {
  if (state_ == nullptr) return {};
  const opus_int32 size =
      opus_encode(state_->encoder, samples.data(), static_cast<int>(kSamplesOfFrame),
                  buffer_.data(), static_cast<opus_int32>(buffer_.size()));
  if (size <= 0) return {};
  return Bytes(buffer_).first(static_cast<size_t>(size));
}

}  // namespace koeru::server
