// What an echoed packet costs beside what libsrtp alone costs: RTP packets are opened, given to the
// media peer's machine and sealed again, as a worker does (native_server/media/media_session.cc),
// and the same packets are opened and sealed by libsrtp with nothing in between. CPU time of this
// thread.
//
//   media_bench        // a table in Markdown

#include <srtp2/srtp.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <string_view>
#include <vector>

#include "core/bytes/writer.h"
#include "core/media/media_peer.h"
#include "native_server/media/srtp_session.h"

namespace koeru::bench {
namespace {

using server::SrtpKeys;
using server::SrtpProfile;
using server::SrtpSession;

constexpr size_t kBatch = 2000;
constexpr int kBatches = 40;
constexpr uint32_t kTheirSsrc = 1, kOurSsrc = 2;

double CpuSeconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<uint8_t> RtpOf(uint8_t payload_type, uint32_t number, size_t payload) {
  std::vector<uint8_t> packet(12 + payload, static_cast<uint8_t>(number));
  Writer writer(packet);
  writer.U8(0x80);
  writer.U8(payload_type);
  writer.U16(static_cast<uint16_t>(number));
  writer.U32(number * 3000);
  writer.U32(kTheirSsrc);
  return packet;
}

SrtpKeys KeysOf(SrtpProfile profile) {
  const auto sizes = *server::SrtpKeySizesOf(profile);
  SrtpKeys keys{.profile = profile, .client = {}, .server = {}};
  for (size_t i = 0; i < sizes.key + sizes.salt; ++i) {
    keys.client.push_back(static_cast<uint8_t>(i));
    keys.server.push_back(static_cast<uint8_t>(i + 100));
  }
  return keys;
}

// libsrtp as its manual uses it: one context for each direction.
class Bare {
 public:
  explicit Bare(const SrtpKeys& keys) : keys_(keys) {
    in_ = Make(keys_.client, ssrc_any_inbound);
    out_ = Make(keys_.server, ssrc_any_outbound);
  }
  ~Bare() {
    srtp_dealloc(in_);
    srtp_dealloc(out_);
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  bool Echo(std::vector<uint8_t>& packet, size_t size) {
    int length = static_cast<int>(size);
    if (srtp_unprotect(in_, packet.data(), &length) != srtp_err_status_ok) return false;
    return srtp_protect(out_, packet.data(), &length) == srtp_err_status_ok;
  }

 private:
  srtp_t Make(std::vector<uint8_t>& key, srtp_ssrc_type_t direction) const {
    srtp_policy_t policy{};
    if (keys_.profile == SrtpProfile::kAeadAes128Gcm) {
      srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
      srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
    } else {
      srtp_crypto_policy_set_rtp_default(&policy.rtp);
      srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
    }
    policy.ssrc.type = direction;
    policy.key = key.data();
    policy.window_size = SrtpSession::kReplayWindow;
    srtp_t session = nullptr;
    if (srtp_create(&session, &policy) != srtp_err_status_ok) std::abort();
    return session;
  }

  SrtpKeys keys_;
  srtp_t in_ = nullptr, out_ = nullptr;
};

// As MediaSession::OnMediaPacket.
class Echo {
 public:
  explicit Echo(const SrtpKeys& keys)
      : srtp_(*SrtpSession::Make(keys, /*is_dtls_client=*/false)), peer_({Section()}, {}, now_) {}

  bool operator()(std::vector<uint8_t>& packet, size_t size) {
    now_ = now_ + std::chrono::milliseconds(3);
    const server::Unprotected plain = srtp_->UnprotectRtp(MutableBytes(packet).first(size));
    if (plain.verdict != server::SrtpVerdict::kGood) return false;
    size_t back = plain.size;
    if (!peer_.OnRtp(MutableBytes(packet).first(plain.size), back, now_, actions_)) return false;
    std::array<uint8_t, 2048> room;
    std::memcpy(room.data(), packet.data(), back);
    const bool is_sealed = srtp_->ProtectRtp(room, back) != 0;
    if (now_ >= peer_.NextDeadline()) {
      peer_.OnTimeout(now_, {}, actions_);
      for (const media::Action& action : actions_) SendRtcp(action);
      actions_.Clear();
    }
    return is_sealed;
  }

 private:
  static sdp::AnsweredMedia Section() {
    sdp::AnsweredMedia section;
    section.mid = "0";
    section.media = "video";
    section.accepted = section.sends = section.receives = true;
    section.ssrc = kOurSsrc;
    sdp::AnsweredCodec codec;
    codec.payload_type = 96;
    codec.encoding_name = "VP8";
    codec.clock_rate = 90000;
    codec.nack = codec.pli = true;
    section.codecs = {codec};
    return section;
  }
  void SendRtcp(const media::Action& action) {
    const auto* rtcp = std::get_if<media::SendRtcp>(&action);
    if (rtcp == nullptr) return;
    const Bytes bytes = actions_.BytesOf(*rtcp);
    std::array<uint8_t, 2048> room;
    std::memcpy(room.data(), bytes.data(), bytes.size());
    srtp_->ProtectRtcp(room, bytes.size());
  }

  std::unique_ptr<SrtpSession> srtp_;
  net::Instant now_ = net::Instant::FromNanoseconds(1'000'000'000);
  media::MediaPeer peer_;
  media::Actions actions_;
};

// The batches of the two take turns, so that what else the machine does meets both.
void Row(std::string_view name, SrtpProfile profile, size_t payload) {
  const SrtpKeys keys = KeysOf(profile);
  const auto sender = *SrtpSession::Make(keys, /*is_dtls_client=*/true);
  Bare bare(keys);
  Echo echo(keys);
  double bare_s = 0, echo_s = 0;
  uint32_t number = 0;
  for (int batch = 0; batch < kBatches; ++batch) {
    std::vector<std::vector<uint8_t>> packets;
    size_t size = 0;
    for (size_t i = 0; i < kBatch; ++i) {
      std::vector<uint8_t> packet = RtpOf(96, ++number, payload);
      packet.resize(packet.size() + SrtpSession::kMostOverhead);
      size = sender->ProtectRtp(packet, 12 + payload);
      packets.push_back(std::move(packet));
    }
    auto copies = packets;
    const double began = CpuSeconds();
    for (auto& packet : packets) {
      if (!bare.Echo(packet, size)) std::abort();
    }
    const double between = CpuSeconds();
    for (auto& packet : copies) {
      if (!echo(packet, size)) std::abort();
    }
    bare_s += between - began;
    echo_s += CpuSeconds() - between;
  }
  constexpr double kPackets = static_cast<double>(kBatch) * kBatches;
  std::printf("| %.*s, %zu bytes | %.0f | %.0f | %.0f %% |\n", static_cast<int>(name.size()),
              name.data(), payload, kPackets / echo_s, kPackets / bare_s, 100 * bare_s / echo_s);
}

}  // namespace
}  // namespace koeru::bench

int main() {
  using koeru::bench::Row;
  using koeru::server::SrtpProfile;
  std::puts(
      "| RTP, opened and sealed again | echo, packets per CPU second | libsrtp alone | ratio |");
  std::puts("|---|---|---|---|");
  Row("AES-CM with HMAC-SHA1-80", SrtpProfile::kAes128CmSha1_80, 1100);
  Row("AES-CM with HMAC-SHA1-80", SrtpProfile::kAes128CmSha1_80, 100);
  Row("AES-GCM", SrtpProfile::kAeadAes128Gcm, 1100);
  Row("AES-GCM", SrtpProfile::kAeadAes128Gcm, 100);
}
