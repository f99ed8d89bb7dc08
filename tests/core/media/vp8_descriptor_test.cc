#include "core/media/vp8_descriptor.h"

#include <gtest/gtest.h>

#include <array>

#include "core/bytes/hex.h"
#include "core/media/key_frame.h"

namespace koeru::media {
namespace {

std::string Written(const Vp8Descriptor& descriptor) {
  std::array<uint8_t, Vp8Descriptor::kSize> buffer{};
  Writer writer(buffer);
  descriptor.Write(writer);
  EXPECT_TRUE(writer.ok());
  return ToHex(writer.written());
}

TEST(Vp8Descriptor, Rfc7741_4_2_HasAPictureIdOf15Bits) {
  EXPECT_EQ(Written({.begins_frame = true, .picture_id = 0x1234}), "90809234");
  EXPECT_EQ(Written({.begins_frame = false, .picture_id = 0xFFFF}), "8080ffff");
}

TEST(Vp8Descriptor, OurOwnReaderFindsTheKeyFrameBehindIt) {
  const auto packet = *FromHex(Written({.begins_frame = true, .picture_id = 1}) + "50");
  EXPECT_TRUE(BeginsKeyFrame(VideoFormat::kVp8, packet));
}

}  // namespace
}  // namespace koeru::media
