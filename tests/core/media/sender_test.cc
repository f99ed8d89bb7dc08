#include "core/media/sender.h"

#include "core/media/retransmission.h"
#include "core/media/sections.h"
#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

class SenderTest : public ::testing::Test {
 protected:
  SenderTest() { Assign(VideoSection()); }
  void Assign(const sdp::AnsweredMedia& media) {
    sections_.Assign({media}, kStart);
    stream_ = sections_.StreamOf(kOwnVideo);
  }
  Packet Send(int number, const std::string& payload = "1050", milliseconds time = {}) {
    Packet packet = Rtp({.number = number,
                         .ssrc = kOwnVideo,
                         .extension = NumberElement(0) + "22000000",
                         .payload = payload});
    sender_.OnSending(*stream_, packet, kStart + time);
    return packet;
  }
  std::vector<Packet> Resend(int number, milliseconds time = {}) {
    Actions actions;
    sender_.Resend(*stream_, static_cast<uint16_t>(number), milliseconds(50), kStart + time,
                   actions);
    std::vector<Packet> sent;
    for (const Action& action : actions) {
      const Bytes bytes = actions.BytesOf(std::get<SendRtp>(action));
      sent.emplace_back(bytes.begin(), bytes.end());
    }
    return sent;
  }
  static int NumberOf(const Packet& packet) {
    const auto element = rtp::FindExtension(View(packet), kNumberId);
    return element ? Reader(element->data).U16() : -1;
  }

  Sections sections_;
  Sender sender_;
  OutgoingStream* stream_ = nullptr;
};

TEST_F(SenderTest, EachPacketHasATransportWideNumberOfItsOwn) {
  EXPECT_EQ(NumberOf(Send(10)), 1);
  EXPECT_EQ(NumberOf(Send(11)), 2);
  EXPECT_EQ(NumberOf(Resend(10)[0]), 3);
  EXPECT_EQ(NumberOf(Send(12)), 4);
  const Packet last = Send(13);
  const auto time = rtp::FindExtension(View(last), kSendTimeId);
  EXPECT_EQ(Reader(time->data).U24(), AbsoluteSendTime(kStart));
}

TEST_F(SenderTest, Rfc4588_IsSentAgainAsRtxWithNumbersOfItsOwn) {
  const Packet original = Send(10);
  Send(11);
  const uint16_t first = stream_->rtx->next_number;
  for (int i = 0; i < 2; ++i) {
    const auto sent = Resend(10 + i);
    ASSERT_EQ(sent.size(), 1u);
    const auto view = View(sent[0]);
    EXPECT_EQ(view.ssrc(), kOwnRtx);
    EXPECT_EQ(view.payload_type(), kRtx);
    EXPECT_EQ(view.sequence_number(), static_cast<uint16_t>(first + i));
    EXPECT_EQ(OriginalSequenceNumber(view), 10 + i);
    EXPECT_EQ(ToHex(view.payload().subspan(2)), ToHex(View(original).payload()));
  }
}

TEST_F(SenderTest, Rfc7714_8_1_WithoutRtxItIsTheSamePacketByteForByte) {
  sdp::AnsweredMedia media = VideoSection();
  media.codecs.pop_back();
  media.rtx_ssrc = 0;
  Assign(media);
  const Packet original = Send(10);
  const auto sent = Resend(10, milliseconds(500));
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0], original);
}

TEST_F(SenderTest, TheSamePacketIsSentAgainOnceInARoundTrip) {
  for (int i = 10; i < 15; ++i) Send(i);
  EXPECT_EQ(Resend(10).size(), 1u);
  EXPECT_EQ(Resend(10, milliseconds(49)).size(), 0u);
  EXPECT_EQ(Resend(10, milliseconds(50)).size(), 1u);
}

TEST_F(SenderTest, NotMoreIsSentAgainThanWasSent) {
  const std::string payload(2 * 900, '0');
  size_t sent = 0, again = 0;
  for (int i = 0; i < 20; ++i) sent += Send(i, payload).size();
  for (int time = 0; time < 1900; time += 50) {
    for (int i = 0; i < 20; ++i) {
      for (const Packet& packet : Resend(i, milliseconds(time))) again += packet.size();
    }
  }
  EXPECT_GE(again, sent);
  EXPECT_LE(again, sent + 1000);
}

// What a page on a way that has become narrow asks for would fill it further.
TEST_F(SenderTest, AtOnceHalfASecondsWorthIsSentAgain) {
  const std::string payload(2 * 900, '0');
  size_t size = 0;
  for (int i = 0; i < 600; ++i) size = Send(i, payload, milliseconds(i * 10)).size();
  const int64_t per_second = 100 * static_cast<int64_t>(size);
  const auto resend_all = [&](int time) {
    int64_t again = 0;
    for (int i = 400; i < 600; ++i) {
      for (const Packet& packet : Resend(i, milliseconds(time))) {
        again += static_cast<int64_t>(packet.size());
      }
    }
    return again;
  };
  const int64_t again = resend_all(6000);
  EXPECT_GE(again, per_second * 9 / 20);
  EXPECT_LE(again, per_second * 11 / 20);
  EXPECT_EQ(resend_all(6100), 0) << "until more is sent";
}

TEST_F(SenderTest, WithoutNackNothingIsSentAgain) {
  sdp::AnsweredMedia media = VideoSection();
  media.codecs[0].nack = false;
  Assign(media);
  Send(10);
  EXPECT_TRUE(Resend(10).empty());
}

}  // namespace
}  // namespace koeru::media
