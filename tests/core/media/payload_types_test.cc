#include "core/media/payload_types.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using Kind = PayloadType::Kind;

TEST(PayloadTypes, MediaAndItsRetransmissionKnowEachOther) {
  const std::vector<sdp::AnsweredCodec> codecs = {
      {.payload_type = 96, .encoding_name = "VP8", .clock_rate = 90000, .nack = true, .pli = true},
      {.payload_type = 97, .encoding_name = "rtx", .clock_rate = 90000, .apt = 96},
      {.payload_type = 98, .encoding_name = "H264", .clock_rate = 90000, .remb = true}};
  const PayloadTypes types(codecs);
  EXPECT_EQ(types[96].kind, Kind::kMedia);
  EXPECT_EQ(types[96].rtx, 97);
  EXPECT_EQ(types[96].clock_rate, 90000u);
  EXPECT_EQ(types[96].video_format, VideoFormat::kVp8);
  EXPECT_TRUE(types[96].nack && types[96].pli && !types[96].fir);
  EXPECT_EQ(types[97].kind, Kind::kRtx);
  EXPECT_EQ(types[97].apt, 96);
  EXPECT_EQ(types[98].rtx, std::nullopt);
  EXPECT_EQ(types[0].kind, Kind::kUnknown);
  EXPECT_TRUE(types.nack() && types.remb() && !types.transport_cc());
}

TEST(PayloadTypes, ArrivalsOfRetransmissionsAreToldLikeThoseOfTheirMedia) {
  const std::vector<sdp::AnsweredCodec> codecs = {
      {.payload_type = 96, .encoding_name = "VP8", .clock_rate = 90000, .transport_cc = true},
      {.payload_type = 97, .encoding_name = "rtx", .clock_rate = 90000, .apt = 96},
      {.payload_type = 98, .encoding_name = "VP9", .clock_rate = 90000},
      {.payload_type = 99, .encoding_name = "rtx", .clock_rate = 90000, .apt = 98}};
  const PayloadTypes types(codecs);
  EXPECT_TRUE(types[97].transport_cc);
  EXPECT_FALSE(types[99].transport_cc);
}

TEST(PayloadTypes, RetransmissionOfNothingIsUnknown) {
  const std::vector<sdp::AnsweredCodec> codecs = {
      {.payload_type = 97, .encoding_name = "rtx", .clock_rate = 90000, .apt = 96},
      {.payload_type = 98, .encoding_name = "rtx", .clock_rate = 90000, .apt = 255}};
  const PayloadTypes types(codecs);
  EXPECT_EQ(types[97].kind, Kind::kUnknown);
  EXPECT_EQ(types[98].kind, Kind::kUnknown);
}

TEST(PayloadTypes, NumbersBeyond127AndClocksThatStandStillAreNone) {
  const std::vector<sdp::AnsweredCodec> codecs = {
      {.payload_type = 224, .encoding_name = "VP8", .clock_rate = 90000},
      {.payload_type = 5, .encoding_name = "VP8", .clock_rate = 0}};
  const PayloadTypes types(codecs);
  for (uint8_t number = 0; number < 128; ++number) EXPECT_EQ(types[number].kind, Kind::kUnknown);
}

}  // namespace
}  // namespace koeru::media
