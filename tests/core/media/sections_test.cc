#include "core/media/sections.h"

#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

using Media = std::vector<sdp::AnsweredMedia>;

class SectionsTest : public ::testing::Test {
 protected:
  void Assign(Media media) { gone_ = sections_.Assign(std::move(media), kStart); }
  // The mid of the section; "" for none.
  std::string Of(const RtpFields& fields) const {
    const Packet packet = Rtp(fields);
    const Section* const section = sections_.Of(View(packet));
    return section == nullptr ? "" : section->media().mid;
  }
  Section* At(size_t index) const { return (sections_.begin() + static_cast<long>(index))->get(); }

  Sections sections_;
  std::vector<std::unique_ptr<Section>> gone_;
};

TEST_F(SectionsTest, Rfc9143_9_2_APacketIsOfTheSectionThatItsMidNames) {
  Assign({AudioSection(), VideoSection()});
  EXPECT_EQ(Of({.payload_type = kVp8, .extension = MidElement('1')}), "1");
  EXPECT_EQ(Of({.payload_type = kVp8, .extension = MidElement('0')}), "0");
  EXPECT_EQ(Of({.payload_type = kVp8, .extension = MidElement('7')}), "");
}

TEST_F(SectionsTest, WithoutAMidItIsOfTheOnlySectionWithItsPayloadType) {
  sdp::AnsweredMedia second = VideoSection();
  second.mid = "2";
  second.ssrc = 0xC0;
  second.rtx_ssrc = 0xC1;
  Assign({AudioSection(), VideoSection(), second});
  EXPECT_EQ(Of({.payload_type = kOpus}), "0");
  EXPECT_EQ(Of({.payload_type = kVp8}), "") << "two have it";
  EXPECT_EQ(Of({.payload_type = 5}), "");
  second.receives = false;
  Assign({AudioSection(), VideoSection(), second});
  EXPECT_EQ(Of({.payload_type = kVp8}), "1") << "the other one does not receive";
}

TEST_F(SectionsTest, SectionsWhoseMidStaysGoOn) {
  Assign({AudioSection(), VideoSection()});
  Section* const video = At(1);
  video->received.packets = 5;
  Assign({VideoSection()});
  EXPECT_EQ(At(0), video);
  EXPECT_EQ(video->received.packets, 5u);
  ASSERT_EQ(gone_.size(), 1u);
  EXPECT_EQ(gone_[0]->media().mid, "0");
  EXPECT_EQ(sections_.StreamOf(kOwnAudio), nullptr);
  EXPECT_NE(sections_.StreamOf(kOwnVideo), nullptr);
}

TEST_F(SectionsTest, Rfc3711_9_1_AnSsrcGoesOnWithItsNumbersWhereverItIsUsed) {
  Assign({AudioSection(), VideoSection()});
  OutgoingStream* const stream = sections_.StreamOf(kOwnVideo);
  RtxStream* const rtx = stream->rtx;
  stream->continuation.Begin({100, 0}, 90000, kStart);
  stream->continuation.Map({100, 0}, kStart);
  sdp::AnsweredMedia paused = VideoSection();
  paused.sends = false;
  paused.ssrc = paused.rtx_ssrc = 0;
  Assign({AudioSection(), paused});
  EXPECT_EQ(sections_.StreamOf(kOwnVideo), nullptr);
  EXPECT_TRUE(sections_.IsOwn(kOwnVideo));
  EXPECT_EQ(stream->history, nullptr) << "no memory for what nobody can ask for";
  sdp::AnsweredMedia elsewhere = AudioSection();
  elsewhere.ssrc = kOwnVideo;
  elsewhere.rtx_ssrc = kOwnRtx;
  Assign({elsewhere});
  EXPECT_EQ(sections_.StreamOf(kOwnVideo), stream);
  EXPECT_EQ(stream->rtx, rtx);
  EXPECT_EQ(stream->continuation.highest(), 100);
}

TEST_F(SectionsTest, OneSsrcIsOfOneSectionAndOfOneKind) {
  sdp::AnsweredMedia twin = VideoSection();
  twin.mid = "2";
  sdp::AnsweredMedia swapped = VideoSection();
  swapped.mid = "3";
  swapped.ssrc = kOwnRtx;
  Assign({VideoSection(), twin, swapped});
  EXPECT_NE(At(0)->stream, nullptr);
  EXPECT_EQ(At(1)->stream, nullptr);
  EXPECT_EQ(At(2)->stream, nullptr);
}

TEST_F(SectionsTest, WithoutASenderItsSsrcIsTheReceiversOfBrowsers) {
  sdp::AnsweredMedia media = VideoSection();
  media.sends = false;
  Assign({media});
  EXPECT_EQ(sections_.own_ssrc(), 1u);
  EXPECT_FALSE(sections_.IsOwn(1));
  Assign({VideoSection()});
  EXPECT_EQ(sections_.own_ssrc(), kOwnVideo);
}

TEST_F(SectionsTest, SectionsAndSsrcsAreBounded) {
  Assign(Media(1000, VideoSection()));
  EXPECT_EQ(static_cast<size_t>(sections_.end() - sections_.begin()), Sections::kMost);
  for (uint32_t i = 0; i < 1000; ++i) {
    sdp::AnsweredMedia media = VideoSection();
    media.ssrc = 0x10000 + i;
    media.rtx_ssrc = 0;
    Assign({media});
  }
  EXPECT_EQ(At(0)->stream, nullptr);
}

TEST_F(SectionsTest, HistoryIsKeptWhereItMayBeAskedFor) {
  Assign({AudioSection(), VideoSection()});
  EXPECT_EQ(sections_.StreamOf(kOwnAudio)->history, nullptr);
  EXPECT_NE(sections_.StreamOf(kOwnVideo)->history, nullptr);
}

}  // namespace
}  // namespace koeru::media
