#include "native_server/media/clip/make_clip.h"

#include <gtest/gtest.h>
#include <opus/opus.h>
#include <vpx/vp8dx.h>
#include <vpx/vpx_decoder.h>

#include <array>
#include <cstdlib>

#include "native_server/media/clip/picture.h"
#include "native_server/media/clip/sound.h"

namespace koeru::server {
namespace {

// A little more than the second at which the higher beep comes again.
const media::Clip& ShortClip() {
  static const auto clip = MakeClip(std::chrono::seconds(12));
  return *clip;
}

class Vp8Decoder {
 public:
  Vp8Decoder() {
    EXPECT_EQ(vpx_codec_dec_init(&codec_, vpx_codec_vp8_dx(), nullptr, 0), VPX_CODEC_OK);
  }
  ~Vp8Decoder() { vpx_codec_destroy(&codec_); }
  // Null: not a frame.
  const vpx_image_t* Decode(Bytes frame) {
    const auto size = static_cast<unsigned>(frame.size());
    if (vpx_codec_decode(&codec_, frame.data(), size, nullptr, 0) != VPX_CODEC_OK) return nullptr;
    vpx_codec_iter_t next = nullptr;
    return vpx_codec_get_frame(&codec_, &next);
  }

 private:
  vpx_codec_ctx_t codec_{};
};

double MeanDifference(const vpx_image_t& image, const Picture& picture) {
  double sum = 0;
  for (size_t y = 0; y < Picture::kHeight; ++y) {
    const uint8_t* row = image.planes[VPX_PLANE_Y] + static_cast<int>(y) * image.stride[0];
    for (size_t x = 0; x < Picture::kWidth; ++x) sum += std::abs(row[x] - picture.LumaAt(x, y));
  }
  return sum / (Picture::kWidth * Picture::kHeight);
}

TEST(MakeClip, HasFifteenPicturesAndFiftyOpusFramesASecond) {
  const media::Clip& clip = ShortClip();
  EXPECT_EQ(clip.length, std::chrono::seconds(12));
  ASSERT_EQ(clip.video.size(), 12u * 15);
  ASSERT_EQ(clip.audio.size(), 12u * 50);
  EXPECT_EQ(clip.video[15].at, std::chrono::seconds(1));
  EXPECT_EQ(clip.audio[1].at, std::chrono::milliseconds(20));
}

TEST(MakeClip, HasAKeyFrameOnceASecond) {
  for (size_t i = 0; i < ShortClip().video.size(); ++i) {
    const media::ClipFrame& frame = ShortClip().video[i];
    EXPECT_EQ(frame.is_key, i % 15 == 0);
    // RFC 6386 section 9.1: the first bit of the frame tag is 0 for key frames.
    EXPECT_EQ((ShortClip().BytesOf(frame)[0] & 1) == 0, frame.is_key) << i;
  }
}

TEST(MakeClip, ShowsTheClockOfItsTimeInEachPicture) {
  Vp8Decoder decoder;
  Picture expected;
  for (size_t i = 0; i < ShortClip().video.size(); ++i) {
    const vpx_image_t* image = decoder.Decode(ShortClip().BytesOf(ShortClip().video[i]));
    ASSERT_NE(image, nullptr) << i;
    ASSERT_EQ(image->d_w, Picture::kWidth);
    ASSERT_EQ(image->d_h, Picture::kHeight);
    expected.Draw(i * 10 / 15);
    EXPECT_LT(MeanDifference(*image, expected), 6) << i;
  }
}

TEST(MakeClip, MayBeginAgainAfterItsEnd) {
  Vp8Decoder decoder;
  for (const media::ClipFrame& frame : ShortClip().video) {
    decoder.Decode(ShortClip().BytesOf(frame));
  }
  const vpx_image_t* image = decoder.Decode(ShortClip().BytesOf(ShortClip().video[0]));
  ASSERT_NE(image, nullptr);
  Picture expected;
  expected.Draw(0);
  EXPECT_LT(MeanDifference(*image, expected), 6);
}

TEST(MakeClip, IsLoudWhereItBeepsAndElseSilent) {
  int error = OPUS_OK;
  OpusDecoder* decoder = opus_decoder_create(kSampleRate, 1, &error);
  ASSERT_EQ(error, OPUS_OK);
  for (size_t i = 0; i < ShortClip().audio.size(); ++i) {
    const Bytes frame = ShortClip().BytesOf(ShortClip().audio[i]);
    std::array<int16_t, kSamplesOfFrame> samples{};
    ASSERT_EQ(opus_decode(decoder, frame.data(), static_cast<int>(frame.size()), samples.data(),
                          static_cast<int>(samples.size()), 0),
              static_cast<int>(samples.size()));
    int most = 0;
    for (const int16_t sample : samples) most = std::max(most, std::abs(sample));
    // The codec is a few milliseconds late.
    const size_t frame_of_second = i % kSoundFramesOfSecond;
    if (frame_of_second >= 1 && frame_of_second < kBeepFrames) {
      EXPECT_GT(most, 4000) << i;
    } else if (frame_of_second > kBeepFrames + 1) {
      EXPECT_LT(most, 100) << i;
    }
  }
  opus_decoder_destroy(decoder);
}

TEST(MakeClip, TakesLessThanAMegabyteForAMinute) {
  EXPECT_LT(ShortClip().bytes.size() * 5, 1'000'000u);
}

TEST(MakeClip, GivesNothingWhenItIsToStop) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(MakeClip(std::chrono::seconds(60), stop.get_token()), nullptr);
}

}  // namespace
}  // namespace koeru::server
