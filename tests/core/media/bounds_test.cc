// No input makes a media peer send more than a bounded multiple of what came in, and a little that
// is due with time.

#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

class BoundsTest : public MediaHarness {
 protected:
  // Of RTP, once what was sent back and once again; of feedback as much as that.
  static constexpr size_t kMostFactor = 3;
  // Reports, and requests that are repeated.
  static constexpr size_t kMostPerSecond = 16'000;
  static constexpr size_t kMostAtOnce = 150'000;

  uint32_t Below(uint32_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33) % limit;
  }
  void Put(const RtpFields& fields) {
    const Packet packet = Rtp(fields);
    in_ += packet.size();
    out_ += ReceiveBytes(packet).size();
  }
  void PutRtcp(const Packet& compound) {
    in_ += compound.size();
    ReceiveRtcp(compound);
  }
  void Pass(milliseconds time) {
    Wait(time);
    for (const Action& action : actions_) {
      out_ += std::visit([](const auto& send) { return send.size; }, action);
    }
    Clear();
  }
  void ExpectBounded() {
    const auto seconds = static_cast<size_t>((now_ - kStart) / std::chrono::seconds(1)) + 1;
    EXPECT_LE(out_, kMostFactor * in_ + kMostPerSecond * seconds + kMostAtOnce)
        << in_ << " bytes came in " << seconds << " s";
  }

  uint64_t state_ = 42;
  size_t in_ = 0, out_ = 0;
};

TEST_F(BoundsTest, GapsInEachPacket) {
  for (int i = 0; i < 20'000; ++i) {
    Put({.number = i * 7, .payload = ""});
    Pass(milliseconds(1));
  }
  ExpectBounded();
}

TEST_F(BoundsTest, GapsThatAreJustNotTooLong) {
  for (int i = 0; i < 5'000; ++i) {
    Put({.number = i * 490, .payload = ""});
    Pass(milliseconds(10));
  }
  ExpectBounded();
}

TEST_F(BoundsTest, GapsOfManySources) {
  for (int i = 0; i < 20'000; ++i) {
    Put({.number = (i / 30) * 40, .ssrc = kVideo + static_cast<uint32_t>(i % 30), .payload = ""});
    Pass(milliseconds(1));
  }
  ExpectBounded();
}

TEST_F(BoundsTest, TransportWideNumbersFarApart) {
  for (int i = 0; i < 20'000; ++i) {
    Put({.number = i, .extension = NumberElement(static_cast<uint16_t>(i * 401)), .payload = ""});
    Pass(milliseconds(1));
  }
  ExpectBounded();
}

TEST_F(BoundsTest, NacksForEverything) {
  std::vector<uint16_t> numbers;
  for (int i = 0; i < 5000; ++i) numbers.push_back(static_cast<uint16_t>(i));
  const std::string payload(2 * 1100, '0');
  for (int i = 0; i < 5000; ++i) {
    Put({.number = i, .payload = payload});
    if (i % 10 == 0) PutRtcp(Rtcp(rtp::Nack{9, kOwnVideo, numbers}));
    Pass(milliseconds(2));
  }
  ExpectBounded();
}

TEST_F(BoundsTest, RequestsForPictures) {
  Put({.number = 1});
  for (int i = 0; i < 20'000; ++i) {
    PutRtcp(Rtcp(rtp::PictureLossIndication{9, kOwnVideo}));
    PutRtcp(Rtcp(rtp::FullIntraRequest{9, {{kOwnVideo, static_cast<uint8_t>(i)}}}));
    Pass(milliseconds(1));
  }
  ExpectBounded();
}

TEST_F(BoundsTest, AnythingInAnyOrder) {
  for (int i = 0; i < 50'000; ++i) {
    switch (Below(5)) {
      case 0:
        PutRtcp(Rtcp(rtp::Nack{9, kOwnVideo, {static_cast<uint16_t>(Below(65'536)), 5, 9, 300}}));
        break;
      case 1:
        PutRtcp(Rtcp(rtp::Bye{{kVideo + Below(8)}}));
        break;
      default:
        Put({.payload_type = Below(3) == 0 ? kRtx : kVp8,
             .number = static_cast<int>(Below(2) == 0 ? Below(65'536) : static_cast<uint32_t>(i)),
             .timestamp = Below(1'000'000),
             .ssrc = kVideo + Below(60),
             .extension = NumberElement(static_cast<uint16_t>(Below(65'536))),
             .payload = std::string(2 * (2 + Below(60)), '0'),
             .padding = Below(4)});
    }
    Pass(milliseconds(Below(3)));
  }
  ExpectBounded();
}

TEST_F(BoundsTest, SilenceIsAnsweredByReportsAlone) {
  Put({.number = 1});
  Pass(milliseconds(100'000));
  EXPECT_LE(out_, 30'000u);
}

}  // namespace
}  // namespace koeru::media
