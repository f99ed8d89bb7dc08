#include "core/media/section.h"

#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

TEST(Section, IsWhatWasAgreedOnLast) {
  Section section(VideoSection(), 1, kStart);
  EXPECT_TRUE(section.is_video());
  EXPECT_TRUE(section.receives());
  EXPECT_EQ(section.types()[kVp8].kind, PayloadType::Kind::kMedia);
  EXPECT_EQ(section.extensions().mid_id(), kMidId);
  sdp::AnsweredMedia again = AudioSection();
  again.receives = false;
  again.extensions.clear();
  section.Agree(again);
  EXPECT_FALSE(section.is_video());
  EXPECT_FALSE(section.receives());
  EXPECT_EQ(section.types()[kVp8].kind, PayloadType::Kind::kUnknown);
  EXPECT_EQ(section.types()[kOpus].kind, PayloadType::Kind::kMedia);
  EXPECT_EQ(section.extensions().mid_id(), 0);
}

}  // namespace
}  // namespace koeru::media
