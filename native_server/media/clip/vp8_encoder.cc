#include <vpx/vp8cx.h>
#include <vpx/vpx_encoder.h>

#include "native_server/media/clip/encoders.h"

namespace koeru::server {
namespace {

constexpr unsigned kKilobits_per_second = 250;
// Fast rather than small: a clip is made in seconds.
constexpr int kCpuUsed = 6;

}  // namespace

struct Vp8Encoder::State {
  vpx_codec_ctx_t codec{};
  vpx_codec_pts_t time = 0;
  ~State() { vpx_codec_destroy(&codec); }
};

Vp8Encoder::Vp8Encoder(int frames_per_second) {
  vpx_codec_enc_cfg_t config{};
  if (vpx_codec_enc_config_default(vpx_codec_vp8_cx(), &config, 0) != VPX_CODEC_OK) return;
  config.g_w = Picture::kWidth;
  config.g_h = Picture::kHeight;
  config.g_timebase = {1, frames_per_second};
  config.g_threads = 1;
  config.g_lag_in_frames = 0;
  config.g_error_resilient = VPX_ERROR_RESILIENT_DEFAULT;
  config.rc_target_bitrate = kKilobits_per_second;
  config.rc_end_usage = VPX_CBR;
  config.rc_dropframe_thresh = 0;    // the clock must not stop
  config.kf_mode = VPX_KF_DISABLED;  // they are asked for
  auto state = std::make_unique<State>();
  if (vpx_codec_enc_init(&state->codec, vpx_codec_vp8_cx(), &config, 0) != VPX_CODEC_OK) return;
  if (vpx_codec_control(&state->codec, VP8E_SET_CPUUSED, kCpuUsed) != VPX_CODEC_OK) return;
  state_ = std::move(state);
}

Vp8Encoder::~Vp8Encoder() = default;

Bytes Vp8Encoder::Encode(Picture& picture, bool is_key) {
  if (state_ == nullptr) return {};
  vpx_image_t image{};
  if (vpx_img_wrap(&image, VPX_IMG_FMT_I420, Picture::kWidth, Picture::kHeight, 1, picture.y()) ==
      nullptr) {
    return {};
  }
  image.planes[VPX_PLANE_U] = picture.u();
  image.planes[VPX_PLANE_V] = picture.v();
  const vpx_enc_frame_flags_t flags = is_key ? VPX_EFLAG_FORCE_KF : 0;
  if (vpx_codec_encode(&state_->codec, &image, state_->time++, 1, flags, VPX_DL_REALTIME) !=
      VPX_CODEC_OK) {
    return {};
  }
  vpx_codec_iter_t next = nullptr;
  while (const vpx_codec_cx_pkt_t* packet = vpx_codec_get_cx_data(&state_->codec, &next)) {
    if (packet->kind != VPX_CODEC_CX_FRAME_PKT) continue;
    return {static_cast<const uint8_t*>(packet->data.frame.buf), packet->data.frame.sz};
  }
  return {};
}

}  // namespace koeru::server
