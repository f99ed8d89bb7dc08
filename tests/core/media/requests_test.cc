#include "core/media/requests.h"

#include "core/media/section.h"
#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

class RequestsTest : public ::testing::Test {
 protected:
  RequestsTest() { Agree(VideoSection()); }
  void Agree(const sdp::AnsweredMedia& media) {
    section_.Agree(media);
    source_.payload_type = kVp8;
  }
  void Take(int number) {
    const Packet packet = Rtp({.number = number});
    source_.TakePacket(View(packet), kStart);
  }
  // "nack 2 3", "pli", "fir 0", each behind a comma; what is asked for at that time.
  std::string Asked(milliseconds time) {
    Actions actions;
    {
      CompoundWriter out(7, "koeru", actions);
      WriteRequests(source_, 7, milliseconds(100), kStart + time, out);
    }
    std::string text;
    for (const Action& action : actions) {
      rtp::RtcpPackets packets(actions.BytesOf(std::get<SendRtcp>(action)));
      while (const auto packet = packets.Next()) {
        if (packet->Is<rtp::Nack>()) {
          text += "nack";
          const auto nack = *rtp::Nack::Decode(*packet);
          for (const uint16_t number : nack.sequence_numbers) text += " " + std::to_string(number);
          text += ",";
        } else if (packet->Is<rtp::PictureLossIndication>()) {
          text += "pli,";
        } else if (packet->Is<rtp::FullIntraRequest>()) {
          const auto fir = *rtp::FullIntraRequest::Decode(*packet);
          EXPECT_EQ(fir.entries[0].ssrc, kVideo);
          text += "fir " + std::to_string(fir.entries[0].sequence_number) + ",";
        }
      }
    }
    return text;
  }

  Section section_{VideoSection(), 1, kStart};
  Source source_{kVideo, section_, false, 90000};
};

TEST_F(RequestsTest, GapsAreAskedForAndCounted) {
  Take(1);
  Take(4);
  EXPECT_EQ(RequestsDeadline(source_), kStart + rtp::MissingPackets::kPatience);
  EXPECT_EQ(Asked(milliseconds(5)), "nack 2 3,");
  EXPECT_EQ(Asked(milliseconds(104)), "");
  EXPECT_EQ(Asked(milliseconds(105)), "nack 2 3,");
  EXPECT_EQ(section_.received.nacked_packets, 4u);
}

TEST_F(RequestsTest, WhatWasAskedForInVainIsAReasonForAPicture) {
  Take(1);
  Take(3);
  std::string asked;
  for (int i = 0; i < 20; ++i) asked += Asked(milliseconds(5 + 100 * i));
  EXPECT_TRUE(asked.ends_with("nack 2,pli,")) << asked;
  EXPECT_EQ(section_.received.plis, 1u);
}

TEST_F(RequestsTest, WithoutNackAGapIsAReasonForAPictureOnce) {
  sdp::AnsweredMedia media = VideoSection();
  media.codecs[0].nack = false;
  Agree(media);
  Take(1);
  Take(3);
  std::string asked;
  for (int i = 0; i < 20; ++i) asked += Asked(milliseconds(5 + 100 * i));
  EXPECT_EQ(asked, "pli,");
}

TEST_F(RequestsTest, Rfc5104_4_3_1_FirHasANumberForEachWish) {
  for (int i = 0; i < 2; ++i) {
    source_.picture_wish.Want(PictureWish::Kind::kFir);
    EXPECT_EQ(Asked(milliseconds(1000 * i)), "fir " + std::to_string(i) + ",");
  }
  EXPECT_EQ(section_.received.firs, 2u);
}

TEST_F(RequestsTest, PliAndFirStandForEachOtherWhereOneIsMissing) {
  sdp::AnsweredMedia media = VideoSection();
  media.codecs[0].fir = false;
  Agree(media);
  source_.picture_wish.Want(PictureWish::Kind::kFir);
  EXPECT_EQ(Asked(milliseconds(0)), "pli,");
  media.codecs[0].fir = true;
  media.codecs[0].pli = false;
  Agree(media);
  source_.picture_wish.Want(PictureWish::Kind::kPli);
  EXPECT_EQ(Asked(milliseconds(1000)), "fir 0,");
  media.codecs[0].fir = false;
  Agree(media);
  source_.picture_wish.Want(PictureWish::Kind::kPli);
  EXPECT_EQ(Asked(milliseconds(2000)), "");
}

TEST_F(RequestsTest, NacksAreInProportionToWhatComes) {
  int number = 0;
  for (int i = 0; i < 40; ++i) Take(number += 13);
  size_t asked = 0;
  for (int i = 0; i < 20; ++i) {
    Asked(milliseconds(5 + 100 * i));
    asked = section_.received.nacked_packets;
  }
  EXPECT_EQ(asked, Source::kNackCredit) << "468 are missing, each could be asked for ten times";
}

TEST_F(RequestsTest, OfRetransmissionsNothingIsAsked) {
  Source rtx(kVideoRtx, section_, true, 90000);
  const Packet first = Rtp({.number = 1}), second = Rtp({.number = 5});
  rtx.TakePacket(View(first), kStart);
  rtx.TakePacket(View(second), kStart);
  EXPECT_EQ(RequestsDeadline(rtx), net::Instant::Max());
}

}  // namespace
}  // namespace koeru::media
