#include "core/media/clip.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

TEST(Clip, FindsTheBytesOfEachFrame) {
  const Clip clip{.length = std::chrono::seconds(1),
                  .video = {{.at = {}, .offset = 0, .size = 3, .is_key = true}},
                  .audio = {{.at = {}, .offset = 3, .size = 2}},
                  .bytes = {1, 2, 3, 4, 5}};
  const Bytes video = clip.BytesOf(clip.video[0]);
  const Bytes audio = clip.BytesOf(clip.audio[0]);
  EXPECT_EQ(std::vector<uint8_t>(video.begin(), video.end()), (std::vector<uint8_t>{1, 2, 3}));
  EXPECT_EQ(std::vector<uint8_t>(audio.begin(), audio.end()), (std::vector<uint8_t>{4, 5}));
}

}  // namespace
}  // namespace koeru::media
