#include "native_server/media/clip/sound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace koeru::server {
namespace {

std::vector<int16_t> Second(size_t second) {
  std::vector<int16_t> all;
  std::array<int16_t, kSamplesOfFrame> samples{};
  for (size_t i = 0; i < kSoundFramesOfSecond; ++i) {
    FillSound(second * kSoundFramesOfSecond + i, samples);
    all.insert(all.end(), samples.begin(), samples.end());
  }
  return all;
}

int UpwardCrossings(const std::vector<int16_t>& samples) {
  int count = 0;
  for (size_t i = 1; i < samples.size(); ++i) count += samples[i - 1] <= 0 && samples[i] > 0;
  return count;
}

TEST(Sound, BeepsForATenthOfASecondThenIsSilent) {
  const auto second = Second(3);
  ASSERT_EQ(second.size(), 48000u);
  EXPECT_GT(*std::max_element(second.begin(), second.begin() + 4800), 7000);
  EXPECT_TRUE(std::all_of(second.begin() + 4800, second.end(), [](int16_t s) { return s == 0; }));
}

TEST(Sound, IsHigherAtEachTenthSecond) {
  EXPECT_EQ(UpwardCrossings(Second(9)), 44);
  EXPECT_EQ(UpwardCrossings(Second(10)), 88);
  EXPECT_EQ(UpwardCrossings(Second(11)), 44);
}

TEST(Sound, BeginsAndEndsSoftly) {
  const auto second = Second(1);
  int most = 0;
  for (size_t i = 1; i < second.size(); ++i) most = std::max(most, abs(second[i] - second[i - 1]));
  EXPECT_LT(most, 600);
}

}  // namespace
}  // namespace koeru::server
