#include "core/media/key_frame.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::media {
namespace {

bool Begins(const char* name, const char* payload) {
  return BeginsKeyFrame(VideoFormatOf(name), *FromHex(payload));
}

TEST(KeyFrame, NamesAreKnownInAnyCase) {
  EXPECT_EQ(VideoFormatOf("vp8"), VideoFormat::kVp8);
  EXPECT_EQ(VideoFormatOf("h264"), VideoFormat::kH264);
  EXPECT_EQ(VideoFormatOf("H2645"), VideoFormat::kOther);
  EXPECT_EQ(VideoFormatOf(""), VideoFormat::kOther);
  EXPECT_EQ(VideoFormatOf("opus"), VideoFormat::kOther);
}

TEST(KeyFrame, Rfc7741_4_Vp8) {
  EXPECT_TRUE(Begins("VP8", "10 50"));
  EXPECT_FALSE(Begins("VP8", "10 51")) << "P: an inter frame";
  EXPECT_FALSE(Begins("VP8", "00 50")) << "no start of a partition";
  EXPECT_FALSE(Begins("VP8", "11 50")) << "the second partition";
  EXPECT_TRUE(Begins("VP8", "90 80 05 50")) << "PictureID of 7 bits";
  EXPECT_TRUE(Begins("VP8", "90 e0 8005 07 40 50")) << "of 15 bits, TL0PICIDX, TID";
  EXPECT_FALSE(Begins("VP8", "90 e0 8005 07 40 51"));
  EXPECT_FALSE(Begins("VP8", "90 e0 8005 07 40")) << "cut short";
  EXPECT_FALSE(Begins("VP8", ""));
}

TEST(KeyFrame, Rfc9628_4_2_Vp9) {
  EXPECT_TRUE(Begins("VP9", "88"));
  EXPECT_FALSE(Begins("VP9", "c8")) << "predicted";
  EXPECT_FALSE(Begins("VP9", "80")) << "not the frame's beginning";
  EXPECT_FALSE(Begins("VP9", ""));
}

TEST(KeyFrame, Rfc6184_5_H264) {
  EXPECT_TRUE(Begins("H264", "65")) << "IDR slice";
  EXPECT_TRUE(Begins("H264", "67")) << "sequence parameter set";
  EXPECT_FALSE(Begins("H264", "61"));
  EXPECT_TRUE(Begins("H264", "78 0010 67")) << "STAP-A";
  EXPECT_FALSE(Begins("H264", "78 0010 61"));
  EXPECT_TRUE(Begins("H264", "7c 85")) << "FU-A, its start";
  EXPECT_FALSE(Begins("H264", "7c 05"));
  EXPECT_FALSE(Begins("H264", "78 00"));
}

TEST(KeyFrame, Av1SaysItInItsAggregationHeader) {
  EXPECT_TRUE(Begins("AV1", "18 0a"));
  EXPECT_FALSE(Begins("AV1", "10 0a"));
}

TEST(KeyFrame, OfOtherFormatsNothingIsKnown) { EXPECT_FALSE(Begins("H265", "10 50")); }

}  // namespace
}  // namespace koeru::media
