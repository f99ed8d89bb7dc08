// A sender, a path that loses and reorders, a media peer, the same path again, and a receiver that
// asks for what is missing. All is deterministic.

#include <map>
#include <set>

#include "core/media/retransmission.h"
#include "core/rtp/missing_packets.h"
#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint32_t Below(uint32_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33) % limit;
  }

 private:
  uint64_t state_;
};

// 20 ms one way; one packet in twenty is up to 8 ms later than others and overtaken.
class LossyPath {
 public:
  LossyPath(uint32_t loss_percent, uint64_t seed) : loss_percent_(loss_percent), random_(seed) {}
  void Send(Packet packet, net::Instant now) {
    if (random_.Below(100) < loss_percent_) return;
    net::Duration delay = milliseconds(20);
    if (random_.Below(20) == 0) delay += milliseconds(1 + random_.Below(8));
    in_flight_.emplace(now + delay, std::move(packet));
  }
  std::optional<Packet> Arrived(net::Instant now) {
    if (in_flight_.empty() || in_flight_.begin()->first > now) return std::nullopt;
    Packet packet = std::move(in_flight_.begin()->second);
    in_flight_.erase(in_flight_.begin());
    return packet;
  }

 private:
  const uint32_t loss_percent_;
  Random random_;
  std::multimap<net::Instant, Packet> in_flight_;
};

constexpr int kFirstNumber = 65000;
constexpr int64_t kPackets = 100'000;
constexpr int64_t kExtra = 1000;  // so that the last ones, too, have some behind them

// A packet each 2 ms, whose payload is its index.
class SimulatedSender {
 public:
  Packet Next() {
    const int64_t index = next_++;
    return Rtp({.number = static_cast<int>((kFirstNumber + index) & 0xFFFF),
                .timestamp = static_cast<uint32_t>(index * 180),
                .payload = PayloadOf(index)});
  }
  // RTX of what a NACK asks for.
  std::vector<Packet> Answer(const Packet& compound) {
    std::vector<Packet> again;
    rtp::RtcpPackets packets(compound);
    while (const auto packet = packets.Next()) {
      if (!packet->Is<rtp::Nack>()) continue;
      const auto nack = *rtp::Nack::Decode(*packet);
      EXPECT_EQ(nack.media_ssrc, kVideo);
      for (const uint16_t number : nack.sequence_numbers) {
        const int64_t last = kFirstNumber + next_ - 1;
        const int64_t index =
            last - static_cast<uint16_t>(static_cast<uint16_t>(last) - number) - kFirstNumber;
        if (index < 0) continue;
        again.push_back(Rtp({.payload_type = kRtx,
                             .number = rtx_number_++,
                             .timestamp = static_cast<uint32_t>(index * 180),
                             .ssrc = kVideoRtx,
                             .payload = ToHex(Packet{static_cast<uint8_t>(number >> 8),
                                                     static_cast<uint8_t>(number)}) +
                                        PayloadOf(index)}));
      }
    }
    return again;
  }
  int64_t sent() const { return next_; }

 private:
  static std::string PayloadOf(int64_t index) {
    Packet payload(4);
    Writer(payload).U32(static_cast<uint32_t>(index));
    return "1050" + ToHex(payload) + std::string(100, '0');
  }
  int64_t next_ = 0;
  int rtx_number_ = 100;
};

class SimulatedReceiver {
 public:
  void Take(const Packet& packet, net::Instant now) {
    const auto view = View(packet);
    Bytes payload = view.payload();
    uint16_t number = view.sequence_number();
    if (view.ssrc() == kOwnRtx) {
      number = OriginalSequenceNumber(view).value_or(0);
      payload = payload.subspan(2);
      ++retransmissions_;
    } else {
      EXPECT_EQ(view.ssrc(), kOwnVideo);
    }
    const int64_t index = Reader(payload.subspan(2)).U32();
    EXPECT_EQ(number, static_cast<uint16_t>(kFirstNumber + index)) << "each has its own number";
    EXPECT_EQ(view.timestamp(), static_cast<uint32_t>(index * 180));
    indexes_.insert(index);
    if (view.ssrc() == kOwnVideo) {
      EXPECT_TRUE(sent_once_.insert(index).second) << "nothing is sent twice under one number";
    }
    missing_.OnPacket(number, now);
  }
  std::optional<Packet> Ask(net::Instant now) {
    const auto numbers = missing_.Due(now, milliseconds(50));
    if (numbers.empty()) return std::nullopt;
    return Rtcp(rtp::ReceiverReport{.ssrc = 9}, rtp::Nack{9, kOwnVideo, numbers});
  }
  // Of the first kPackets.
  int64_t received() const {
    return std::distance(indexes_.begin(), indexes_.lower_bound(kPackets));
  }
  int64_t retransmissions() const { return retransmissions_; }

 private:
  rtp::MissingPackets missing_;
  std::set<int64_t> indexes_;
  std::set<int64_t> sent_once_;
  int64_t retransmissions_ = 0;
};

class SimulationTest : public MediaHarness {
 protected:
  // How many of kPackets the receiver has in the end.
  int64_t Run(uint32_t loss_percent, MediaPeerOptions options) {
    Make(std::move(options), {VideoSection()});
    LossyPath to_peer(loss_percent, 1), from_peer(loss_percent, 2);
    const net::Duration tail = milliseconds(8000);
    const net::Instant last = now_ + milliseconds(2 * (kPackets + kExtra)) + tail;
    for (int64_t ms = 0; now_ < last; ++ms) {
      if (ms % 2 == 0 && sender_.sent() < kPackets + kExtra) to_peer.Send(sender_.Next(), now_);
      if (const auto nack = receiver_.Ask(now_)) to_peer.Send(*nack, now_);
      while (auto packet = to_peer.Arrived(now_)) Deliver(std::move(*packet), from_peer);
      if (now_ >= peer_->NextDeadline()) peer_->OnTimeout(now_, wall(), actions_);
      Carry(from_peer);
      while (auto packet = from_peer.Arrived(now_)) {
        if (!rtp::IsRtcp(*packet)) {
          receiver_.Take(*packet, now_);
        } else {
          for (Packet& again : sender_.Answer(*packet)) to_peer.Send(std::move(again), now_);
        }
      }
      now_ = now_ + milliseconds(1);
    }
    return receiver_.received();
  }
  void Deliver(Packet packet, LossyPath& back) {
    if (rtp::IsRtcp(packet)) return ReceiveRtcp(packet);
    Packet sent = ReceiveBytes(std::move(packet));
    if (!sent.empty()) back.Send(std::move(sent), now_);
  }
  void Carry(LossyPath& back) {
    for (const Action& action : actions_) {
      const Bytes bytes =
          std::visit([&](const auto& send) { return actions_.BytesOf(send); }, action);
      back.Send({bytes.begin(), bytes.end()}, now_);
    }
    Clear();
  }

  SimulatedSender sender_;
  SimulatedReceiver receiver_;
};

TEST_F(SimulationTest, WithoutLossEverythingComes) {
  EXPECT_EQ(Run(0, {}), kPackets);
  EXPECT_EQ(quality().sections[0].received.lost, 0);
}

TEST_F(SimulationTest, AtFivePercentEverythingComes) {
  EXPECT_EQ(Run(5, {}), kPackets);
  EXPECT_NEAR(static_cast<double>(quality().sections[0].received.lost), kPackets / 20,
              kPackets / 200);
  EXPECT_GT(receiver_.retransmissions(), kPackets / 25);
}

TEST_F(SimulationTest, AtTwentyPercentNinetyNineOfAHundredCome) {
  EXPECT_GE(Run(20, {}), kPackets * 99 / 100);
}

TEST_F(SimulationTest, ADelayedEchoLosesNoMore) {
  EXPECT_EQ(Run(5, {.mode = Mode::kDelayedEcho, .delay = milliseconds(1000)}), kPackets);
}

}  // namespace
}  // namespace koeru::media
