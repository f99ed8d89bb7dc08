// koeru_fuzzer deps: koeru_media
//
// A media peer under random RTP, RTCP, renegotiations and time steps. Whatever comes: what is sent
// has SSRCs of ours, no SSRC and sequence number is ever sent with two contents (it would be one
// SRTP index with two), compounds begin as RFC 3550 section 6.1 says, what is due is done, the peer
// is consistent (which has its bounds of memory), and what is sent is bounded by what came.
//
// Input: two bytes choose the mode and what is agreed on; then one byte names an operation, the
// following ones its parameters (see Step).

#include <array>
#include <functional>
#include <map>

#include "core/bytes/hex.h"
#include "core/media/media_peer.h"
#include "core/media/quality_json.h"
#include "core/rtp/report.h"
#include "core/rtp/rtp_packet.h"
#include "core/rtp/sequence_number.h"
#include "core/rtp/source_description.h"
#include "tests/fuzz/require.h"

namespace koeru::media {
namespace {

using fuzz::Require;
using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);
constexpr uint32_t kOwn = 0xA0;  // and the next ones: two for each section
constexpr uint32_t kReceivers = 1;

sdp::AnsweredMedia SectionOf(uint8_t number, uint8_t flags) {
  sdp::AnsweredMedia media;
  media.mid = std::string(1, static_cast<char>('0' + number));
  media.media = number == 0 ? "audio" : "video";
  media.accepted = true;
  media.receives = (flags & 1) == 0;
  media.sends = (flags & 2) == 0;
  if (media.sends) {
    media.ssrc = kOwn + 2u * number;
    media.rtx_ssrc = (flags & 4) == 0 ? media.ssrc + 1 : 0;
  }
  const bool has_feedback = (flags & 8) == 0;
  const bool has_transport_cc = (flags & 16) == 0;
  media.codecs = {{.payload_type = number == 0 ? uint8_t{111} : uint8_t{96},
                   .encoding_name = number == 0 ? "opus" : "VP8",
                   .clock_rate = number == 0 ? 48000u : 90000u,
                   .nack = has_feedback,
                   .pli = has_feedback,
                   .fir = (flags & 32) == 0,
                   .remb = true,
                   .transport_cc = has_transport_cc}};
  media.codecs.push_back({.payload_type = static_cast<uint8_t>(media.codecs[0].payload_type + 1),
                          .encoding_name = "rtx",
                          .clock_rate = media.codecs[0].clock_rate,
                          .apt = media.codecs[0].payload_type});
  media.extensions = {
      {"urn:ietf:params:rtp-hdrext:sdes:mid", uint8_t{4}},
      {"http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01", uint8_t{3}},
      {"http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", uint8_t{2}}};
  return media;
}

// Some pictures and sounds of any size.
std::shared_ptr<const Clip> AnyClip() {
  auto clip = std::make_shared<Clip>();
  clip->length = milliseconds(400);
  clip->bytes.resize(3000);
  clip->video = {{.at = {}, .offset = 0, .size = 3000, .is_key = true},
                 {.at = milliseconds(150), .offset = 10, .size = 700},
                 {.at = milliseconds(300), .offset = 20, .size = 0, .is_key = true}};
  clip->audio = {{.at = {}, .offset = 0, .size = 60}, {.at = milliseconds(200), .size = 60}};
  return clip;
}

// What was sent, for what must hold of it. Its own memory is apart from the peer's.
class Sent {
 public:
  void Rtp(Bytes bytes) {
    const auto packet = rtp::RtpPacket::Parse(bytes);
    Require(packet.ok(), "what is sent is RTP");
    Require(packet->ssrc() >= kOwn && packet->ssrc() < kOwn + 6, "with an SSRC of ours");
    const int64_t number = unwrap_[packet->ssrc()](packet->sequence_number());
    const size_t hash = std::hash<std::string_view>()(AsText(bytes));
    const auto [known, is_new] = hash_.try_emplace({packet->ssrc(), number}, hash);
    Require(is_new || known->second == hash, "no number is sent with two contents");
  }
  static void Rtcp(Bytes compound) {
    Require(compound.size() <= 1200, "a compound fits in a path");
    rtp::RtcpPackets packets(compound);
    for (size_t i = 0; const auto packet = packets.Next(); ++i) {
      if (i == 0) {
        Require(packet->Is<rtp::SenderReport>() || packet->Is<rtp::ReceiverReport>(),
                "a compound begins with a report");
      }
      if (i == 1) Require(packet->Is<rtp::SourceDescription>(), "then it has a CNAME");
      if (packet->body.size() < 4) continue;
      const uint32_t ssrc = Reader(packet->body).U32();
      Require(ssrc == kReceivers || (ssrc >= kOwn && ssrc < kOwn + 6), "it is from us");
    }
    Require(packets.ok(), "all of it is RTCP");
  }

 private:
  std::map<uint32_t, rtp::SequenceUnwrapper> unwrap_;
  std::map<std::pair<uint32_t, int64_t>, size_t> hash_;
};

class Session {
 public:
  explicit Session(Bytes input) : input_(input) {
    const uint8_t mode = input_.U8();
    const MediaPeerOptions options{.mode = static_cast<Mode>(mode % 4),
                                   .delay = milliseconds(100 * (mode / 8)),
                                   .max_bits_per_second = (mode & 4) != 0 ? 500'000u : 0,
                                   .clip = (mode & 8) != 0 ? AnyClip() : nullptr};
    peer_ = std::make_unique<MediaPeer>(Media(), options, now_);
  }

  void Run() {
    for (int i = 0; i < 3000 && input_.remaining() > 0; ++i) Step();
    Wait(milliseconds(6000));
    peer_->Close(now_, Wall(), actions_);
    Carry();
    Require(peer_->NextDeadline() == net::Instant::Max(), "it is over");
  }

 private:
  std::vector<sdp::AnsweredMedia> Media() {
    const uint8_t count = input_.U8() % 4;
    std::vector<sdp::AnsweredMedia> media;
    for (uint8_t i = 0; i < count; ++i) media.push_back(SectionOf(i, input_.U8()));
    return media;
  }
  rtp::NtpTime Wall() const { return rtp::NtpTime::FromUnix(1'700'000'000, 0) - (kStart - now_); }

  void Step() {
    switch (input_.U8() % 8) {
      case 0:
        return Raw();
      case 1:
        return Rtcp(input_.Take(std::min<size_t>(input_.U8(), input_.remaining())));
      case 2:
        return RtcpOfAKind();
      case 3:
        return Wait(milliseconds(input_.U8()));
      case 4: {
        const uint8_t choice = input_.U8() % 4;
        if (choice == 1) {
          peer_->SetClip(AnyClip(), now_);
          return Carry();
        }
        if (choice != 0) return;
        auto media = Media();
        peer_->SetMedia(std::move(media), now_);
        return Carry();
      }
      case 5:
        return Run(input_.U8());
      default:
        return Packet(input_.U16(), input_.U8());
    }
  }

  void Raw() {
    const Bytes raw = input_.Take(std::min<size_t>(input_.U8(), input_.remaining()));
    std::copy(raw.begin(), raw.end(), buffer_.begin());
    Receive(raw.size());
  }
  // Of one source in order, so that something flows.
  void Run(uint8_t count) {
    for (uint8_t i = 0; i < count % 64; ++i) Packet(next_number_++, 0x40);
  }
  // shape: two bits source, one each for RTX, an extension, a large packet, padding, audio.
  void Packet(uint16_t number, uint8_t shape) {
    const bool is_audio = (shape & 0x20) != 0, is_rtx = (shape & 4) != 0;
    Writer writer(buffer_);
    writer.U8(static_cast<uint8_t>(0x80 | ((shape & 0x80) != 0 ? 0x20 : 0) | 0x10));
    writer.U8(static_cast<uint8_t>((is_audio ? 111 : 96) + (is_rtx ? 1 : 0)));
    writer.U16(number);
    writer.U32(number * 90u);
    writer.U32(0x1000u + (shape & 3) + (is_audio ? 8u : 0u) + (is_rtx ? 4u : 0u));
    writer.U32(0xBEDE0002);
    writer.U8(0x31);
    writer.U16(++transport_number_);
    writer.U8(0x40);
    writer.U8(is_audio ? '0' : (shape & 8) != 0 ? '2' : '1');
    writer.Zeros(3);
    writer.U16(static_cast<uint16_t>(number + shape));  // what RTX brings back, or payload
    writer.Zeros((shape & 0x40) != 0 ? 1000 : 8);
    if ((shape & 0x80) != 0) writer.U8(1);
    Receive(writer.size());
  }
  void Receive(size_t size) {
    in_ += size;
    size_t back = 0;
    bool is_sent = false;
    const MutableBytes packet = MutableBytes(buffer_).first(size);
    is_sent = peer_->OnRtp(packet, back, now_, actions_);
    if (is_sent) {
      Require(back <= size, "nothing grows");
      sent_.Rtp(packet.first(back));
      out_ += back;
    }
    Carry();
  }

  void Rtcp(Bytes compound) {
    in_ += compound.size();
    peer_->OnRtcp(compound, now_, Wall(), actions_);
    Carry();
  }
  // A packet with a header that is right and any body.
  void RtcpOfAKind() {
    static constexpr std::array<uint8_t, 5> kTypes = {200, 201, 203, 205, 206};
    const uint8_t kind = input_.U8();
    const size_t words = input_.U8() % 32;
    Writer writer(buffer_);
    writer.U8(static_cast<uint8_t>(0x80 | (kind & 0x1F)));
    writer.U8(kTypes[(kind >> 5) % kTypes.size()]);
    writer.U16(static_cast<uint16_t>(2 + words));
    writer.U32(0x1000u + input_.U8() % 12);
    writer.U32(kOwn + input_.U8() % 6);
    for (size_t i = 0; i < words; ++i) writer.U32(input_.U32());
    Rtcp(writer.written());
  }

  void Wait(net::Duration duration) {
    const net::Instant end = now_ + duration;
    while (peer_->NextDeadline() <= end) {
      now_ = std::max(now_, peer_->NextDeadline());
      peer_->OnTimeout(now_, Wall(), actions_);
      Require(peer_->NextDeadline() > now_, "what is due is done");
      Carry();
    }
    now_ = end;
    Require(!ToJson(peer_->GetQuality(now_)).empty(), "its quality can be told");
  }

  void Carry() {
    for (const Action& action : actions_) {
      if (const auto* rtp = std::get_if<SendRtp>(&action)) sent_.Rtp(actions_.BytesOf(*rtp));
      if (const auto* rtcp = std::get_if<SendRtcp>(&action)) Sent::Rtcp(actions_.BytesOf(*rtcp));
      out_ += std::visit([](const auto& send) { return send.size; }, action);
    }
    actions_.Clear();
    Require(peer_->IsConsistent(), "IsConsistent");
    const auto seconds = static_cast<size_t>((now_ - kStart) / std::chrono::seconds(1)) + 1;
    // Reports, and two pictures and one sound of the clip, once and sent again.
    Require(out_ <= 3 * in_ + 100'000 * seconds + 200'000, "what is sent is bounded by what came");
  }

  Reader input_;
  std::unique_ptr<MediaPeer> peer_;
  Actions actions_;
  std::array<uint8_t, 4096> buffer_{};
  net::Instant now_ = kStart;
  uint16_t next_number_ = 65'000;
  uint16_t transport_number_ = 0;
  size_t in_ = 0, out_ = 0;
  Sent sent_;
};

}  // namespace
}  // namespace koeru::media

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  koeru::media::Session({data, size}).Run();
  return 0;
}
