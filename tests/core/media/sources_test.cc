#include "core/media/sources.h"

#include "core/media/outgoing_stream.h"
#include "core/media/section.h"
#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

class SourcesTest : public ::testing::Test {
 protected:
  Source* Add(uint32_t ssrc, net::Instant now, int number = 0) {
    Source* const source = sources_.Add(ssrc, section_, false, 90000, now);
    const Packet packet = Rtp({.number = number});
    if (source != nullptr) source->TakePacket(View(packet), now);
    return source;
  }

  Section section_{VideoSection(), 1, kStart};
  Sources sources_;
};

TEST_F(SourcesTest, AreFoundBySsrc) {
  EXPECT_EQ(sources_.Find(1), nullptr);
  Source* const first = Add(1, kStart);
  Source* const second = Add(2, kStart);
  EXPECT_EQ(sources_.Find(1), first);
  EXPECT_EQ(sources_.Find(2), second);
  EXPECT_EQ(sources_.Find(1), first);
}

TEST_F(SourcesTest, TheirNumberIsBoundedAndSilentOnesMakeRoom) {
  for (uint32_t ssrc = 1; ssrc <= Sources::kMost; ++ssrc) {
    ASSERT_NE(Add(ssrc, kStart + milliseconds(ssrc)), nullptr);
  }
  EXPECT_EQ(Add(100, kStart + milliseconds(500)), nullptr);
  EXPECT_NE(Add(100, kStart + milliseconds(1) + Sources::kSilence), nullptr);
  EXPECT_EQ(sources_.size(), Sources::kMost);
  EXPECT_EQ(sources_.Find(1), nullptr) << "the one that was silent for longest";
  EXPECT_NE(sources_.Find(2), nullptr);
}

TEST_F(SourcesTest, WhatIsRemovedIsForgottenEverywhere) {
  OutgoingStream stream(7);
  section_.stream = &stream;
  Source* const source = Add(1, kStart, 10);
  const Packet packet = Rtp({.number = 12});
  source->TakePacket(View(packet), kStart);
  stream.source = source;
  sources_.Find(1);
  sources_.Remove([](const Source&) { return true; });
  EXPECT_EQ(stream.source, nullptr);
  EXPECT_EQ(sources_.Find(1), nullptr);
  EXPECT_EQ(section_.lost_of_ended, 1);
}

TEST_F(SourcesTest, ARetransmissionIsOfTheSourceThatLacksIt) {
  Section other(AudioSection(), 1, kStart);
  Source* const first = Add(1, kStart, 10);
  Source* const second = Add(2, kStart, 5000);
  EXPECT_EQ(sources_.Lacking(section_, 9, nullptr), first);
  EXPECT_EQ(sources_.Lacking(section_, 4999, first), second);
  EXPECT_EQ(sources_.Lacking(section_, 10, first), nullptr);
  EXPECT_EQ(sources_.Lacking(other, 9, nullptr), nullptr);
}

}  // namespace
}  // namespace koeru::media
