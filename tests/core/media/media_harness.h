#pragma once

// A call with sound and picture, as Chromium's offers make it, and packets of its sections.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/bytes/hex.h"
#include "core/media/media_peer.h"
#include "core/rtp/header_extension.h"
#include "core/rtp/nack.h"
#include "core/rtp/picture_request.h"
#include "core/rtp/remb.h"
#include "core/rtp/report.h"
#include "core/rtp/source_description.h"
#include "core/rtp/transport_feedback.h"

namespace koeru::media {

using std::chrono::milliseconds;

inline constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);
inline const rtp::NtpTime kWallStart = rtp::NtpTime::FromUnix(1'700'000'000, 0);

inline constexpr uint8_t kOpus = 111, kVp8 = 96, kRtx = 97;
inline constexpr uint8_t kLevelId = 1, kSendTimeId = 2, kNumberId = 3, kMidId = 4, kRidId = 10;
// Ours, of the sections "0" (audio) and "1" (video).
inline constexpr uint32_t kOwnAudio = 0xA0, kOwnVideo = 0xB0, kOwnRtx = 0xB1;
// The peer's.
inline constexpr uint32_t kAudio = 0x1000, kVideo = 0x2000, kVideoRtx = 0x2001;

inline std::vector<std::pair<std::string, uint8_t>> AgreedExtensions() {
  return {{"urn:ietf:params:rtp-hdrext:ssrc-audio-level", kLevelId},
          {"http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", kSendTimeId},
          {"http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01", kNumberId},
          {"urn:ietf:params:rtp-hdrext:sdes:mid", kMidId},
          {"urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", kRidId}};
}

inline sdp::AnsweredMedia AudioSection() {
  sdp::AnsweredMedia media{"0", "audio", true, true, true, kOwnAudio, 0};
  media.codecs = {
      {.payload_type = kOpus, .encoding_name = "opus", .clock_rate = 48000, .transport_cc = true}};
  media.extensions = AgreedExtensions();
  return media;
}

inline sdp::AnsweredMedia VideoSection() {
  sdp::AnsweredMedia media{"1", "video", true, true, true, kOwnVideo, kOwnRtx};
  media.codecs = {{.payload_type = kVp8,
                   .encoding_name = "VP8",
                   .clock_rate = 90000,
                   .nack = true,
                   .pli = true,
                   .fir = true,
                   .remb = true,
                   .transport_cc = true},
                  {.payload_type = kRtx,
                   .encoding_name = "rtx",
                   .clock_rate = 90000,
                   .apt = kVp8,
                   .transport_cc = true}};
  media.extensions = AgreedExtensions();
  return media;
}

using Packet = std::vector<uint8_t>;

struct RtpFields {
  uint8_t payload_type = kVp8;
  int number = 0;
  uint32_t timestamp = 0;
  uint32_t ssrc = kVideo;
  bool marker = false;
  std::string extension = {};    // elements with one-byte headers, in hexadecimal
  std::string payload = "1050";  // a key frame of VP8
  size_t padding = 0;
};

inline Packet Rtp(const RtpFields& fields) {
  Packet packet(rtp::kHeaderSize);
  packet[0] = 0x80;
  packet[1] = fields.marker ? 0x80 : 0;
  rtp::SetPayloadType(packet, fields.payload_type);
  rtp::SetSequenceNumber(packet, static_cast<uint16_t>(fields.number));
  rtp::SetTimestamp(packet, fields.timestamp);
  rtp::SetSsrc(packet, fields.ssrc);
  const auto append = [&packet](const Packet& bytes) {
    packet.insert(packet.end(), bytes.begin(), bytes.end());
  };
  if (!fields.extension.empty()) {
    Packet elements = *FromHex(fields.extension);
    while (elements.size() % 4 != 0) elements.push_back(0);
    packet[0] |= 0x10;
    append({0xBE, 0xDE, 0, static_cast<uint8_t>(elements.size() / 4)});
    append(elements);
  }
  append(*FromHex(fields.payload));
  if (fields.padding > 0) {
    packet[0] |= 0x20;
    append(Packet(fields.padding));
    packet.back() = static_cast<uint8_t>(fields.padding);
  }
  return packet;
}

inline std::string NumberElement(uint16_t number) {
  return "31" + ToHex(Packet{static_cast<uint8_t>(number >> 8), static_cast<uint8_t>(number)});
}
// The mids "0" and "1" are one byte.
inline std::string MidElement(char mid) { return "40" + ToHex(Packet{static_cast<uint8_t>(mid)}); }

// Any RTCP packets as one datagram.
template <typename... P>
Packet Rtcp(const P&... packets) {
  static std::array<uint8_t, 65536> buffer;
  Writer writer(buffer);
  (AppendRtcp(writer, packets), ...);
  EXPECT_TRUE(writer.ok());
  return {writer.written().begin(), writer.written().end()};
}

class MediaHarness : public ::testing::Test {
 protected:
  MediaHarness() { Make({}); }

  void Make(MediaPeerOptions options,
            std::vector<sdp::AnsweredMedia> media = {AudioSection(), VideoSection()}) {
    peer_ = std::make_unique<MediaPeer>(std::move(media), std::move(options), now_);
    Clear();
  }
  rtp::NtpTime wall() const { return kWallStart - (kStart - now_); }

  // What comes back at once; empty: nothing.
  Packet ReceiveBytes(Packet packet) {
    size_t size = 0;
    const bool is_sent = peer_->OnRtp(packet, size, now_, actions_);
    if (!is_sent) return {};
    EXPECT_LE(size, packet.size());
    packet.resize(size);
    return packet;
  }
  Packet Receive(const RtpFields& fields) { return ReceiveBytes(Rtp(fields)); }
  void ReceiveRtcp(const Packet& compound) { peer_->OnRtcp(compound, now_, wall(), actions_); }

  // Time passes, and what is due is done when it is due.
  void Wait(net::Duration duration) {
    const net::Instant end = now_ + duration;
    while (peer_->NextDeadline() <= end) {
      now_ = std::max(now_, peer_->NextDeadline());
      peer_->OnTimeout(now_, wall(), actions_);
      ASSERT_GT(peer_->NextDeadline(), now_) << "what is due is done";
    }
    now_ = end;
    ASSERT_TRUE(peer_->IsConsistent());
  }

  std::vector<Packet> SentRtp() const {
    std::vector<Packet> sent;
    for (const Action& action : actions_) {
      if (const auto* rtp = std::get_if<SendRtp>(&action)) {
        const Bytes bytes = actions_.BytesOf(*rtp);
        sent.emplace_back(bytes.begin(), bytes.end());
      }
    }
    return sent;
  }
  // All packets of that kind in what was sent. Each compound is one by RFC 3550 section 6.1.
  template <typename P>
  std::vector<P> Sent() const {
    std::vector<P> sent;
    for (const Action& action : actions_) {
      const auto* rtcp = std::get_if<SendRtcp>(&action);
      if (rtcp == nullptr) continue;
      rtp::RtcpPackets packets(actions_.BytesOf(*rtcp));
      for (size_t i = 0; const auto packet = packets.Next(); ++i) {
        if (i == 0) {
          EXPECT_TRUE(packet->Is<rtp::SenderReport>() || packet->Is<rtp::ReceiverReport>());
        }
        if (i == 1) {
          EXPECT_TRUE(packet->Is<rtp::SourceDescription>());
        }
        if (!packet->Is<P>()) continue;
        const auto decoded = P::Decode(*packet);
        EXPECT_TRUE(decoded.ok());
        if (decoded.ok()) sent.push_back(*decoded);
      }
      EXPECT_TRUE(packets.ok());
    }
    return sent;
  }
  void Clear() { actions_.Clear(); }
  Quality quality() const { return peer_->GetQuality(now_); }

  net::Instant now_ = kStart;
  Actions actions_;
  std::unique_ptr<MediaPeer> peer_;
};

// A view that says so when it is none; of what outlives it.
inline rtp::RtpPacket View(const Packet& packet) {
  const auto view = rtp::RtpPacket::Parse(packet);
  EXPECT_TRUE(view.ok());
  static const Packet none(rtp::kHeaderSize, 0x80);
  return view.ok() ? *view : *rtp::RtpPacket::Parse(none);
}

rtp::RtpPacket View(Packet&& packet) = delete;

}  // namespace koeru::media
