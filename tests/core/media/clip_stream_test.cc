#include "core/media/clip_stream.h"

#include <array>
#include <map>

#include "tests/core/media/media_harness.h"
#include "tests/core/media/test_clip.h"

namespace koeru::media {
namespace {

constexpr uint32_t kSsrc = 0x12345678;

class ClipStreamTest : public ::testing::Test {
 protected:
  static ClipFormat Video() {
    return {.payload_type = kVp8, .clock_rate = 90000, .is_video = true};
  }
  static ClipFormat Sound() { return {.payload_type = kOpus, .clock_rate = 48000}; }

  void Begin(const ClipFormat& format) { stream_.Begin(clip_, format, kStart, now_); }

  // What is sent until then, each packet when it is due.
  std::vector<Packet> Run(net::Duration duration) {
    std::vector<Packet> sent;
    const net::Instant end = now_ + duration;
    while (stream_.NextDeadline() < end) {
      now_ = std::max(now_, stream_.NextDeadline());
      while (const size_t size = stream_.Next(now_, buffer_)) {
        sent.emplace_back(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(size));
      }
    }
    now_ = end;
    return sent;
  }

  const std::shared_ptr<const Clip> clip_ = TestClip();
  ClipStream stream_{kSsrc};
  std::array<uint8_t, ClipStream::kMostPacket> buffer_{};
  net::Instant now_ = kStart;
};

TEST_F(ClipStreamTest, NothingIsSentBeforeItBegins) {
  EXPECT_EQ(stream_.NextDeadline(), net::Instant::Max());
  EXPECT_EQ(stream_.Next(now_, buffer_), 0u);
  EXPECT_FALSE(stream_.is_sending());
}

TEST_F(ClipStreamTest, Rfc7741_APictureIsCutIntoPacketsAndTheLastHasTheMarker) {
  Begin(Video());
  const auto sent = Run(milliseconds(100));
  ASSERT_EQ(sent.size(), 3u);
  size_t bytes = 0;
  for (size_t i = 0; i < sent.size(); ++i) {
    const auto view = View(sent[i]);
    EXPECT_LE(sent[i].size(), ClipStream::kMostPacket);
    EXPECT_EQ(view.ssrc(), kSsrc);
    EXPECT_EQ(view.payload_type(), kVp8);
    EXPECT_EQ(view.marker(), i == 2);
    EXPECT_EQ(view.timestamp(), View(sent[0]).timestamp());
    EXPECT_EQ(view.payload()[0], i == 0 ? 0x90 : 0x80);
    bytes += view.payload().size() - 4;
  }
  EXPECT_EQ(bytes, kTestPictureSize);
}

TEST_F(ClipStreamTest, ThePacketsOfAPictureAreNotSentInOneBurst) {
  Begin(Video());
  EXPECT_NE(stream_.Next(now_, buffer_), 0u);
  EXPECT_EQ(stream_.Next(now_, buffer_), 0u);
  EXPECT_EQ(stream_.NextDeadline() - now_, ClipStream::kPace);
}

TEST_F(ClipStreamTest, Rfc7587_SoundGoesOnIn960UnitsAndBeginsWithAMarker) {
  Begin(Sound());
  const auto sent = Run(std::chrono::seconds(1));
  ASSERT_EQ(sent.size(), 50u);
  for (size_t i = 0; i < sent.size(); ++i) {
    const auto view = View(sent[i]);
    EXPECT_EQ(view.timestamp() - View(sent[0]).timestamp(), 960 * i);
    EXPECT_EQ(view.marker(), i == 0);
    ASSERT_EQ(view.payload().size(), kTestSoundSize);
    EXPECT_EQ(view.payload()[0], 100 + i);
  }
}

TEST_F(ClipStreamTest, TheClipBeginsAgainWithoutABreak) {
  Begin(Video());
  const auto sent = Run(std::chrono::seconds(3));
  ASSERT_EQ(sent.size(), 3u * 3 * kTestPictures);
  for (size_t i = 1; i < sent.size(); ++i) {
    const auto before = View(sent[i - 1]), after = View(sent[i]);
    EXPECT_EQ(static_cast<uint16_t>(after.sequence_number() - before.sequence_number()), 1);
    EXPECT_EQ(after.timestamp() - before.timestamp(), i % 3 == 0 ? 9000u : 0u);
    if (i % 3 == 0) {
      EXPECT_EQ((after.payload()[3] - before.payload()[3]) & 0xFF, 1) << "the next picture ID";
      EXPECT_EQ(after.payload()[4], 2 * (i / 3 % kTestPictures));
    }
  }
}

TEST_F(ClipStreamTest, OneThatBeginsLaterBeginsWithTheNextKeyFrameAtItsTime) {
  now_ = now_ + milliseconds(120);
  Begin(Video());
  EXPECT_EQ(stream_.NextDeadline() - kStart, milliseconds(500));
  const auto sent = Run(milliseconds(400));
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(View(sent[0]).payload()[4], 2 * 5);
  EXPECT_EQ(View(sent[0]).timestamp(), stream_.TimestampAt(kStart + milliseconds(500)));
}

TEST_F(ClipStreamTest, BehindTheLastKeyFrameItIsTheNextRoundsFirst) {
  now_ = now_ + milliseconds(1510);
  Begin(Video());
  EXPECT_EQ(stream_.NextDeadline() - kStart, milliseconds(2000));
}

TEST_F(ClipStreamTest, WhatWasNotServedForLongDoesNotCatchUp) {
  Begin(Video());
  const auto before = Run(milliseconds(100));
  now_ = now_ + std::chrono::hours(1) + milliseconds(30);
  EXPECT_EQ(stream_.Next(now_, buffer_), 0u);
  const auto after = Run(std::chrono::seconds(1));
  EXPECT_EQ(View(after[0]).payload()[4], 2 * 5) << "a key frame";
  EXPECT_EQ(static_cast<uint16_t>(View(after[0]).sequence_number() -
                                  View(before.back()).sequence_number()),
            1);
  EXPECT_EQ(View(after[0]).timestamp() - View(before[0]).timestamp(), (3600u * 10 + 5) * 9000);
}

TEST_F(ClipStreamTest, ALittleLateIsMadeUpFor) {
  Begin(Sound());
  now_ = now_ + milliseconds(200);
  size_t count = 0;
  while (stream_.Next(now_, buffer_) > 0) ++count;
  EXPECT_EQ(count, 11u);
}

TEST_F(ClipStreamTest, Rfc3711_9_1_NumbersGoOnAfterAPause) {
  Begin(Video());
  const auto before = Run(milliseconds(300));
  stream_.Stop();
  EXPECT_EQ(stream_.NextDeadline(), net::Instant::Max());
  Begin(Video());
  const auto after = Run(milliseconds(300));
  EXPECT_EQ(static_cast<uint16_t>(View(after[0]).sequence_number() -
                                  View(before.back()).sequence_number()),
            1);
}

TEST_F(ClipStreamTest, TheSameFormatAgainChangesNothing) {
  Begin(Video());
  const auto before = Run(milliseconds(300));
  Begin(Video());
  const auto after = Run(milliseconds(100));
  ASSERT_EQ(after.size(), 3u);
  EXPECT_EQ(View(after[0]).payload()[4], 2 * 3) << "no jump to a key frame";
}

TEST_F(ClipStreamTest, AClipWithoutFramesOfThatKindIsNotSent) {
  auto empty = std::make_shared<Clip>();
  empty->length = std::chrono::seconds(1);
  stream_.Begin(empty, Video(), kStart, now_);
  EXPECT_FALSE(stream_.is_sending());
  stream_.Begin(nullptr, Video(), kStart, now_);
  EXPECT_FALSE(stream_.is_sending());
}

TEST_F(ClipStreamTest, TheExtensionStandsBehindTheHeader) {
  ClipFormat format = Sound();
  format.extension = *FromHex("bede0001 40310000");
  Begin(format);
  const auto sent = Run(milliseconds(20));
  ASSERT_EQ(sent.size(), 1u);
  const auto mid = rtp::FindExtension(View(sent[0]), kMidId);
  ASSERT_TRUE(mid.has_value());
  EXPECT_EQ(AsText(mid->data), "1");
  EXPECT_EQ(View(sent[0]).payload().size(), kTestSoundSize);
}

}  // namespace
}  // namespace koeru::media
